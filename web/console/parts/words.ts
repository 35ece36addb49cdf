import type { Words } from '../language.tsx';

const en = {
  loading: 'Loading …',
  failed: 'This did not work',
  retry: 'Try again',
  outdated: 'The shop does not answer just now. These are the last figures that came.',
  cancel: 'Cancel',
  close: 'Close',
  nothing: 'Nothing here.',
  more: 'Show more',
  copied: 'Copied',
  copy: (text: string) => `Copy ${text}`,
  problems: {
    offline: 'The shop cannot be reached. Nothing was changed that is not shown; try again in a moment.',
    unauthorized: 'The session has ended. Sign in again.',
    unavailable: 'A part of the shop does not answer just now. Trying again is safe.',
    too_many_requests: 'Too many attempts. Wait a minute, then try again.',
    cross_site_request: 'The page is out of date. Load it again, then repeat what you did.',
  },
};

const ko: typeof en = {
  loading: '불러오는 중입니다 …',
  failed: '처리하지 못했습니다',
  retry: '다시 시도',
  outdated: '지금은 상점 서버가 응답하지 않습니다. 마지막으로 받은 값을 표시합니다.',
  cancel: '취소',
  close: '닫기',
  nothing: '항목이 없습니다.',
  more: '더 보기',
  copied: '복사했습니다',
  copy: (text) => `${text} 복사`,
  problems: {
    offline: '상점 서버에 연결할 수 없습니다. 화면에 보이는 것 외에는 변경되지 않았습니다. 잠시 후 다시 시도하십시오.',
    unauthorized: '세션이 끝났습니다. 다시 로그인하십시오.',
    unavailable: '상점의 일부가 응답하지 않습니다. 다시 시도해도 안전합니다.',
    too_many_requests: '시도가 너무 많습니다. 1분 뒤에 다시 시도하십시오.',
    cross_site_request: '페이지가 오래되었습니다. 새로 고친 뒤 다시 실행하십시오.',
  },
};

export const partWords: Words<typeof en> = { en, ko };
