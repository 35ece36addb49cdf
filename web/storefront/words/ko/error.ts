import type { Words } from '../words.ts';

export const error: Words['error'] = {
  notFoundTitle: '페이지를 찾을 수 없어요',
  notFoundText: '주소가 잘못되었거나, 더 이상 판매하지 않는 상품일 수 있어요.',
  unavailableTitle: '잠시만 기다려 주세요',
  unavailableText: '지금 일부 기능이 응답하지 않고 있어요. 장바구니와 주문은 안전하니 잠시 뒤에 다시 시도해 주세요.',
  failedTitle: '문제가 생겼어요',
  failedText: '저희가 확인하고 있어요. 다시 시도해도 계속되면 아래 번호를 알려 주세요.',
  refusedTitle: '이 페이지는 보여 드릴 수 없어요',
  refusedText: '주소를 이해하지 못했어요.',
  retry: '다시 시도',
  home: '첫 화면으로',
  reference: '문의 번호',
};
