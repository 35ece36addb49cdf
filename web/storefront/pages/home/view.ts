import type { Answer } from '../../contract.ts';

export type HomeView = Answer<'/web/v1/{lang}/'>;
