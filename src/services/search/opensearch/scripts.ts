/**
 * Changes of documents as Painless scripts, so that versions decide where the documents lie: each is harmless when it is
 * repeated or comes late, and any order of them ends in the same documents.
 */
function script(source: string) {
  return (params: object) => ({
    scripted_upsert: true,
    upsert: {},
    script: { lang: 'painless', source: source.replace(/\s+/g, ' ').trim(), params },
  });
}

const BEST_LEVEL = `
  int best = 0;
  for (def sku : doc.skus) { def kept = stock.get(sku); if (kept != null && kept[0] > best) { best = kept[0]; } }
  doc.availability = best;`;

/** A newer entry replaces an older one and keeps what is known of its SKUs' stock. `params`: `entry`, `stock`. */
export const putScript = script(`
  def doc = ctx._source;
  if (doc.version != null && doc.version >= params.entry.version) { ctx.op = 'none'; return; }
  def known = doc.stock == null ? [:] : doc.stock;
  def stock = [:];
  for (def sku : params.entry.skus) {
    def newest = known.get(sku);
    def told = params.stock.get(sku);
    if (newest == null || (told != null && told[1] > newest[1])) { newest = told; }
    if (newest != null) { stock.put(sku, newest); }
  }
  doc.clear();
  doc.putAll(params.entry);
  doc.stock = stock;
  doc.live = true;
  ${BEST_LEVEL}`);

/** What is left of a removed product is the version that removed it. `params`: `version`. */
export const removeScript = script(`
  def doc = ctx._source;
  if (doc.version != null && doc.version >= params.version) { ctx.op = 'none'; return; }
  doc.clear();
  doc.version = params.version;
  doc.live = false;`);

/** Newer levels of a product's SKUs; it may not be there yet. `params.stock`: SKU → `[level, version]`. */
export const levelsScript = script(`
  def doc = ctx._source;
  def stock = doc.stock == null ? [:] : doc.stock;
  boolean news = false;
  for (def told : params.stock.entrySet()) {
    def known = stock.get(told.getKey());
    if (known != null && (known[1] > told.getValue()[1] || known[0] == told.getValue()[0])) { continue; }
    stock.put(told.getKey(), told.getValue());
    news = true;
  }
  if (!news) { ctx.op = 'none'; return; }
  doc.stock = stock;
  if (doc.skus != null) { ${BEST_LEVEL} }`);

/** The newest level of a SKU. `params`: `level`, `version`. */
export const stockScript = script(`
  def doc = ctx._source;
  if (doc.level != null && doc.version > params.version) { ctx.op = 'none'; return; }
  doc.level = params.level;
  doc.version = params.version;`);

/** Which product a SKU belongs to. `params`: `productId`. */
export const linkScript = script(`
  if (ctx._source.productId == params.productId) { ctx.op = 'none'; return; }
  ctx._source.productId = params.productId;`);

/** What a generation is filled with: what was told live is newer. `params`: `productId`, `level` (either may be null), `version`. */
export const mergeScript = script(`
  def doc = ctx._source;
  boolean news = false;
  if (doc.productId == null && params.productId != null) { doc.productId = params.productId; news = true; }
  if (params.level != null && (doc.level == null || doc.version < params.version)) {
    doc.level = params.level;
    doc.version = params.version;
    news = true;
  }
  if (!news) { ctx.op = 'none'; }`);
