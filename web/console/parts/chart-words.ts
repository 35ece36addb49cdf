import type { Words } from '../language.tsx';

const en = {
  figures: 'Show the figures',
  time: 'Time',
  drawing: (title: string, newest: string) => `${title}, the last quarter of an hour. Now: ${newest}.`,
};

const ko: typeof en = {
  figures: '수치로 보기',
  time: '시각',
  drawing: (title, newest) => `${title}, 최근 15분. 현재: ${newest}.`,
};

export const chartWords: Words<typeof en> = { en, ko };
