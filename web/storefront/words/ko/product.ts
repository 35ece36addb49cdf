import type { Words } from '../words.ts';

export const product: Words['product'] = {
  soldBy: '판매자',
  options: '옵션',
  addToCart: '장바구니 담기',
  in_stock: '재고 있음',
  low_stock: '품절 임박',
  out_of_stock: '품절',
  notInCurrency: (currency: string) => `${currency}(으)로는 판매하지 않아요`,
  description: '상품 설명',
};
