const MATERIALS = [
  ['ceramic', '도자기'],
  ['linen', '리넨'],
  ['walnut', '호두나무'],
  ['brass', '황동'],
  ['glass', '유리'],
  ['cotton', '면'],
] as const;
const THINGS = [
  ['teapot', '찻주전자'],
  ['towel', '수건'],
  ['lamp', '전등'],
  ['bowl', '그릇'],
  ['kettle', '전자주전자'],
  ['stool', '의자'],
  ['vase', '꽃병'],
] as const;
const STOCK = 10_000_000;

/** The seller of the bench's catalogue. */
export const SELLER = {
  name: { en: 'Bench seller', ko: '시험 판매자' },
  terms: {
    parcelFee: { GBP: 399 },
    pricesIncludeTax: true,
    vatBasisPoints: { GB: 2_000 },
    commissionBasisPoints: 1_000,
  },
};

/** `count` products as a file for the import, each with an English and a Korean title and more stock than any load can sell. */
export function catalogue(count: number): { readonly csv: string; readonly skus: readonly string[] } {
  const skus = Array.from({ length: count }, (_, index) => `BENCH-${index}`);
  const rows = skus.map((sku, index) => {
    const [material, koreanMaterial] = MATERIALS[index % MATERIALS.length] ?? MATERIALS[0];
    const [thing, koreanThing] = THINGS[Math.floor(index / MATERIALS.length) % THINGS.length] ?? THINGS[0];
    const english = `${material} ${thing} no ${index}`;
    const korean = `${koreanMaterial} ${koreanThing} ${index}`;
    const price = (5 + (index % 90)).toFixed(2);
    return `bench-seller,bench-${index},${sku},${price},GBP,${english},${korean},${STOCK}`;
  });
  return { csv: ['seller,product,sku,price,currency,title_en,title_ko,on_hand', ...rows].join('\n'), skus };
}
