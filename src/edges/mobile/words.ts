import type { OrderStatus } from '../../contracts/order-status.ts';
import type { Language } from '../showing/language.ts';

type Words = Readonly<Record<Language, string>>;

const TRY_AGAIN: Words = {
  en: 'That did not work. Please try again in a moment.',
  ko: '요청을 처리하지 못했습니다. 잠시 후 다시 시도해 주세요.',
};
const CART_GONE: Words = {
  en: 'This cart is no longer there. Start a new one.',
  ko: '장바구니를 찾을 수 없습니다. 새로 담아 주세요.',
};
const NOT_SOLD: Words = { en: 'This is no longer sold.', ko: '더 이상 판매하지 않는 상품입니다.' };
const CHECK_INPUT: Words = { en: 'Something you entered does not fit.', ko: '입력한 내용을 확인해 주세요.' };
const PAY_AGAIN: Words = {
  en: 'The payment did not go through. Nothing was charged.',
  ko: '결제가 완료되지 않았습니다. 청구된 금액은 없습니다.',
};

/** What an app may show a person for a problem; a code that is not here is nothing that a person can mend. */
export const PROBLEM_WORDS: Readonly<Record<string, Words>> = {
  app_too_old: {
    en: 'This version of the app is too old. Update it to go on shopping.',
    ko: '앱 버전이 오래되었습니다. 업데이트한 후 이용해 주세요.',
  },
  unauthorized: { en: 'Please start again: this session has ended.', ko: '세션이 만료되었습니다. 다시 시작해 주세요.' },
  forbidden: { en: 'This belongs to somebody else.', ko: '접근할 수 없는 내용입니다.' },
  card_declined: {
    en: 'The card was declined. Try another card.',
    ko: '카드가 거절되었습니다. 다른 카드를 사용해 주세요.',
  },
  out_of_stock: { en: 'There is not enough in stock.', ko: '재고가 부족합니다.' },
  price_changed: {
    en: 'The price has changed. Please look at the new total.',
    ko: '가격이 변경되었습니다. 합계를 다시 확인해 주세요.',
  },
  cart_changed: {
    en: 'The cart has changed. Please look at it again.',
    ko: '장바구니가 변경되었습니다. 다시 확인해 주세요.',
  },
  cart_empty: { en: 'The cart is empty.', ko: '장바구니가 비어 있습니다.' },
  cart_full: { en: 'The cart is full.', ko: '장바구니가 가득 찼습니다.' },
  cart_checked_out: { en: 'This cart has been bought already.', ko: '이미 주문한 장바구니입니다.' },
  cart_expired: CART_GONE,
  cart_merged: CART_GONE,
  unknown_cart: CART_GONE,
  unknown_line: { en: 'This is not in the cart any more.', ko: '장바구니에 없는 상품입니다.' },
  quantity_too_large: { en: 'This is more than one cart can hold.', ko: '담을 수 있는 수량을 넘었습니다.' },
  total_too_large: { en: 'This is more than one order may cost.', ko: '한 번에 주문할 수 있는 금액을 넘었습니다.' },
  unknown_product: NOT_SOLD,
  unknown_sku: NOT_SOLD,
  unknown_category: { en: 'This category is no longer there.', ko: '없는 카테고리입니다.' },
  unknown_seller: { en: 'This seller is no longer there.', ko: '없는 판매자입니다.' },
  unknown_order: { en: 'We cannot find this order.', ko: '주문을 찾을 수 없습니다.' },
  order_cancelled: { en: 'The order was cancelled.', ko: '주문이 취소되었습니다.' },
  sku_repeated: TRY_AGAIN,
  shopper_erased: { en: 'This shopper has been erased.', ko: '삭제된 사용자입니다.' },
  reservation_lost: { en: 'The goods could not be held for you.', ko: '상품을 확보하지 못했습니다.' },
  payment_voided: PAY_AGAIN,
  processor_refused: PAY_AGAIN,
  step_timed_out: PAY_AGAIN,
  request_expired: TRY_AGAIN,
  validation_failed: CHECK_INPUT,
  invalid_text: CHECK_INPUT,
  invalid_cursor: {
    en: 'The list has to be loaded from its beginning.',
    ko: '목록을 처음부터 다시 불러와 주세요.',
  },
  too_many_requests: {
    en: 'That was a little fast. Please wait a moment.',
    ko: '요청이 너무 많습니다. 잠시 후 다시 시도해 주세요.',
  },
  unavailable: {
    en: 'The shop cannot answer just now. Please try again in a moment.',
    ko: '지금은 응답할 수 없습니다. 잠시 후 다시 시도해 주세요.',
  },
};

/** The words for a code, in the language of the app. */
export function problemWords(code: string, language: Language): string {
  return (PROBLEM_WORDS[code] ?? TRY_AGAIN)[language];
}

const STATUS_WORDS: Readonly<Record<OrderStatus, Words>> = {
  placed: { en: 'Being confirmed', ko: '주문 확인 중' },
  confirmed: { en: 'Confirmed', ko: '주문 완료' },
  partially_shipped: { en: 'Partly on its way', ko: '일부 배송 중' },
  shipped: { en: 'On its way', ko: '배송 중' },
  delivered: { en: 'Delivered', ko: '배송 완료' },
  cancelled: { en: 'Cancelled', ko: '주문 취소' },
};

/** How a status is said to a shopper. */
export function statusWords(status: OrderStatus, language: Language): string {
  return STATUS_WORDS[status][language];
}

export const HEADINGS = {
  categories: { en: 'Categories', ko: '카테고리' },
  popular: { en: 'Popular now', ko: '지금 인기' },
  newest: { en: 'New arrivals', ko: '새로 들어온 상품' },
  related: { en: 'You may also like', ko: '비슷한 상품' },
} as const satisfies Record<string, Words>;
