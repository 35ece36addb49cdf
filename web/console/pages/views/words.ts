import type { Words } from '../../language.tsx';

const en = {
  lead: 'Read models are folds of a service’s events. A rebuild runs beside the view, which serves until it is done.',
  caption: 'Views of all services',
  view: 'View',
  service: 'Service',
  version: 'Version',
  generation: 'Generation',
  behind: 'Events behind',
  age: 'Age of the oldest',
  state: 'State',
  upToDate: 'Up to date',
  lagging: 'Behind',
  stopped: 'Stopped',
  rebuilding: 'Rebuilding',
  act: 'Rebuild',
  rebuild: 'Rebuild',
  ask: (view: string) => `Rebuild ${view}?`,
  explain:
    'A new generation is built from the first event on, beside the one that serves. Readers notice nothing; it costs the database some work.',
  progress: (done: string, of: string) => `${done} of ${of} events`,
  done: (view: string) => `${view} was rebuilt and serves.`,
};

const ko: typeof en = {
  lead: '뷰는 서비스의 이벤트를 접어 만든 읽기 모델입니다. 재구축은 기존 뷰 옆에서 진행되며 끝날 때까지 기존 뷰가 계속 응답합니다.',
  caption: '모든 서비스의 뷰',
  view: '뷰',
  service: '서비스',
  version: '버전',
  generation: '세대',
  behind: '미반영 이벤트',
  age: '최장 지연 시간',
  state: '상태',
  upToDate: '최신',
  lagging: '지연',
  stopped: '멈춤',
  rebuilding: '재구축 중',
  act: '재구축',
  rebuild: '재구축',
  ask: (view) => `${view} 뷰를 재구축하시겠습니까?`,
  explain:
    '첫 이벤트부터 새 세대를 만듭니다. 그동안 기존 세대가 응답하므로 사용자는 알아차리지 못하지만 데이터베이스에 부하가 생깁니다.',
  progress: (done, of) => `이벤트 ${of}개 중 ${done}개`,
  done: (view) => `${view} 뷰를 재구축했습니다. 새 세대가 응답합니다.`,
};

export const viewsWords: Words<typeof en> = { en, ko };
