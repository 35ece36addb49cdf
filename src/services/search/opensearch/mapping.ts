import { createHash } from 'node:crypto';
import { LIMITS } from '../../../contracts/shapes.ts';
import { DEEPEST_OFFSET } from '../paging.ts';

/** Endings, particles and marks carry no meaning of their own; pronouns and adverbs do in a shop's titles, and stay. */
const KOREAN_STOP_TAGS = [
  ...['EP', 'EF', 'EC', 'ETN', 'ETM', 'JKS', 'JKC', 'JKG', 'JKO', 'JKB', 'JKV', 'JKQ', 'JX', 'JC'],
  ...['SC', 'SE', 'SF', 'SP', 'SSC', 'SSO', 'SY', 'VCP', 'XSA', 'XSV'],
];

const analysis = {
  analyzer: {
    english_text: {
      type: 'custom',
      tokenizer: 'standard',
      filter: ['english_possessive', 'lowercase', 'asciifolding', 'english_stop', 'english_stem'],
    },
    korean_text: { type: 'custom', tokenizer: 'korean', filter: ['korean_stop', 'nori_readingform', 'lowercase'] },
    /** Words that were taken apart before they came here (`document.ts`). */
    ready: { type: 'custom', tokenizer: 'whitespace' },
  },
  tokenizer: { korean: { type: 'nori_tokenizer', decompound_mode: 'mixed' } },
  filter: {
    english_possessive: { type: 'stemmer', language: 'possessive_english' },
    english_stop: { type: 'stop', stopwords: '_english_' },
    english_stem: { type: 'stemmer', language: 'english' },
    korean_stop: { type: 'nori_part_of_speech', stoptags: KOREAN_STOP_TAGS },
  },
};

const LONGEST_INDEXED_PREFIX = 10;

const texts = {
  properties: {
    en: { type: 'text', analyzer: 'english_text', index_options: 'freqs' },
    ko: { type: 'text', analyzer: 'korean_text', index_options: 'freqs' },
  },
};
const grams = { type: 'text', analyzer: 'ready', index_options: 'docs', norms: false };
const letters = { ...grams, index_prefixes: { min_chars: 1, max_chars: LONGEST_INDEXED_PREFIX } };
const byField = (type: object) => ({ properties: { title: type, option: type, description: type } });

const mappings = {
  dynamic: 'strict',
  dynamic_templates: [{ prices: { path_match: 'prices.*', mapping: { type: 'long' } } }],
  properties: {
    /** What a hit shows. */
    shown: { type: 'object', enabled: false },
    skus: { type: 'object', enabled: false },
    /** SKU → `[level, version]`. */
    stock: { type: 'object', enabled: false },
    /** False where the product was removed; absent where only its stock is known yet. */
    live: { type: 'boolean' },
    version: { type: 'long', index: false },
    productId: { type: 'keyword' },
    sellerId: { type: 'keyword' },
    categoryIds: { type: 'keyword' },
    options: { type: 'keyword' },
    currencies: { type: 'keyword' },
    prices: { type: 'object', dynamic: true },
    availability: { type: 'byte' },
    addedAt: { type: 'long' },
    title: texts,
    description: texts,
    wholeTitles: { type: 'keyword', ignore_above: 512 },
    letters: byField(letters),
    grams: byField(grams),
  },
};

/** How products are indexed: a hash of it tells an index that another release made. */
export const productSchema = {
  settings: {
    number_of_shards: 1,
    auto_expand_replicas: '0-1',
    max_result_window: DEEPEST_OFFSET + LIMITS.pageSize,
    analysis,
  },
  mappings,
} as const;

/** Of each SKU: its newest availability, and the product that it belongs to. Read by its id alone, as it was just written. */
export const stockSchema = {
  settings: { number_of_shards: 1, auto_expand_replicas: '0-1' },
  mappings: { dynamic: false, properties: {} },
} as const;

export const schemaHash = createHash('sha256')
  .update(JSON.stringify([productSchema, stockSchema]))
  .digest('hex')
  .slice(0, 16);
