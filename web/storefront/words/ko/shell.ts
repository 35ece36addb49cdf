import type { Words } from '../words.ts';

export const shell: Words['shell'] = {
  name: '장터',
  tagline: '만드는 사람들의 장터',
  description: '도자기와 차, 패브릭까지. 작은 공방이 만들어 직접 보내 드리는 물건을 만나 보세요.',
  skip: '본문으로 건너뛰기',
  home: '첫 화면으로',
  search: '검색',
  searchLabel: '상품 검색',
  searchPlaceholder: '머그컵, 녹차, 리넨 …',
  cart: '장바구니',
  cartCount: (count: number) => `장바구니에 담긴 상품 ${count}개`,
  menu: '메뉴',
  categories: '카테고리',
  allCategories: '전체 카테고리',
  language: '언어',
  otherLanguage: 'English',
  currency: '통화',
  setCurrency: '변경',
  orders: '주문 내역',
  shop: '둘러보기',
  help: '도움말',
  forDevelopers: '개발자 안내',
  footer:
    '장터는 작은 공방을 위한 시장이에요. 상품은 만든 사람이 보내고, 결제 금액은 발송될 때까지 저희가 안전하게 보관해요.',
  breadcrumbs: '현재 위치',
};
