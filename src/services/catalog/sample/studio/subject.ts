import type { Paper } from './scene.ts';
import type { Svg } from './svg.ts';

/** One product as it is drawn: about the origin, which is its foot where it stands and its middle where it lies or hangs. */
export interface Subject {
  readonly paper: Paper;
  readonly view: 'standing' | 'lying' | 'hanging';
  /** Which part of the picture it fills. Default 1. */
  readonly scale?: number;
  /** How far its middle is moved to the right, for what sticks out to the left. Default 0. */
  readonly aside?: number;
  /** The colours of its variants, the first one first; drawn with each. One without variants has the colour it is made of. */
  readonly colours: readonly [string, ...string[]];
  readonly draw: (colour: string) => Svg;
}
