interface Words {
  readonly title: string;
  readonly headline: string;
  readonly lead: string;
  readonly problems: string;
  readonly other: { readonly language: 'en' | 'ko'; readonly name: string };
  readonly cards: readonly { readonly href: string; readonly name: string; readonly text: string }[];
  readonly first: string;
  readonly steps: readonly { readonly text: string; readonly command: (base: string) => string }[];
  readonly note: string;
}

const search = (base: string, text: string) => `curl -G ${base}/v1/search --data-urlencode 'q=${text}'`;

const openCart = (base: string) => `curl -X POST ${base}/v1/carts`;

const addLine = (base: string) => `curl -X POST ${base}/v1/carts/$CART/lines \\
  -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d "{\\"sku\\": \\"$SKU\\", \\"quantity\\": 1}"`;

const checkOut = (base: string, name: string, city: string) => `curl -X POST ${base}/v1/carts/$CART/checkout \\
  -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: $(date +%s)-$RANDOM" \\
  -H 'Prefer: wait=5' \\
  -d '{"email": "guest@example.com",
       "shippingAddress": {"name": "${name}", "line1": "1 Market Road",
         "city": "${city}", "postalCode": "N1 9AG", "country": "GB"},
       "payment": {"token": "tok_visa"}}'`;

const watch = (base: string) => `curl -N ${base}/v1/orders/$ORDER/events \\
  -H "Authorization: Bearer $TOKEN"`;

/** The words of the page at `/`. */
export const WORDS: Readonly<Record<'en' | 'ko', Words>> = {
  en: {
    title: 'Jangteo · the marketplace is open',
    headline: 'The marketplace is open',
    lead: 'This is Jangteo, a marketplace backend: catalogue, search, carts, orders, stock, payments and parcels behind one address. You are looking at its gateway.',
    problems: 'Problems',
    other: { language: 'ko', name: '한국어' },
    cards: [
      { href: '/docs', name: 'Read and try the API', text: 'Every address, with examples you can send from the page.' },
      { href: '/openapi.json', name: 'OpenAPI 3.1', text: 'The same as a document, for your tools.' },
      { href: '/problems', name: 'Problems', text: 'Every code that can come back when something is wrong.' },
      { href: '/v1/products?limit=5', name: 'First five products', text: 'The catalogue, as JSON.' },
    ],
    first: 'Buy something with curl',
    steps: [
      {
        text: 'Find a product. Note the <code>productId</code> of a hit, and the <code>sku</code> of one of its variants.',
        command: (base) => `${search(base, 'tea')}\ncurl ${base}/v1/products/$PRODUCT`,
      },
      {
        text: 'Open a cart. Keep <code>cartId</code> and <code>token</code>: the token opens your cart and your orders.',
        command: openCart,
      },
      { text: 'Put the product in.', command: addLine },
      {
        text: 'Check out and wait up to five seconds. <code>tok_declined</code> shows what a refused card looks like.',
        command: (base) => checkOut(base, 'A. Guest', 'London'),
      },
      { text: 'Watch the order being confirmed, shipped and delivered.', command: watch },
    ],
    note: 'Whoever runs the shop finds <code>/v1/admin/…</code> in the <a href="/docs">API</a>; its token was printed when the shop first started.',
  },
  ko: {
    title: '장터 · 문을 열었습니다',
    headline: '장터가 열렸습니다',
    lead: '장터(Jangteo)는 마켓플레이스 백엔드입니다. 상품, 검색, 장바구니, 주문, 재고, 결제, 배송을 하나의 주소에서 만날 수 있습니다. 지금 보고 계신 곳은 그 게이트웨이입니다.',
    problems: '오류 코드',
    other: { language: 'en', name: 'English' },
    cards: [
      { href: '/docs', name: 'API 읽고 써 보기', text: '모든 주소를 이 페이지에서 바로 호출해 볼 수 있습니다.' },
      { href: '/openapi.json', name: 'OpenAPI 3.1', text: '개발 도구에서 쓸 수 있는 API 문서입니다.' },
      { href: '/problems', name: '오류 코드', text: '요청이 잘못되었을 때 돌아오는 모든 코드입니다.' },
      { href: '/v1/products?limit=5', name: '상품 다섯 개 보기', text: '상품 목록을 JSON으로 보여 줍니다.' },
    ],
    first: 'curl로 물건 사 보기',
    steps: [
      {
        text: '상품을 찾습니다. 검색 결과의 <code>productId</code>와 그 상품의 <code>sku</code>를 적어 둡니다.',
        command: (base) => `${search(base, '찻잔')}\ncurl ${base}/v1/products/$PRODUCT`,
      },
      {
        text: '장바구니를 만듭니다. <code>cartId</code>와 <code>token</code>을 보관하세요. 이 토큰으로 장바구니와 주문을 볼 수 있습니다.',
        command: openCart,
      },
      { text: '상품을 담습니다.', command: addLine },
      {
        text: '주문하고 최대 5초 동안 결과를 기다립니다. <code>tok_declined</code>를 쓰면 카드가 거절된 경우를 볼 수 있습니다.',
        command: (base) => checkOut(base, '홍길동', 'London'),
      },
      { text: '주문이 확인되고 발송되어 배송되는 과정을 지켜봅니다.', command: watch },
    ],
    note: '운영자용 주소 <code>/v1/admin/…</code>는 <a href="/docs">API 문서</a>에 있습니다. 운영자 토큰은 장터를 처음 시작할 때 화면에 표시됩니다.',
  },
};
