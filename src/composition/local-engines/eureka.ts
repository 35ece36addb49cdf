export const engine: import('./port.ts').Engine = undefined as never;
