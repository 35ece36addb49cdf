import { drawing } from '../drawing.ts';
import { picture } from '../sample/studio/picture.ts';

/** The drawing at an address: one of the sample's still lifes, else a plain one of the subject in colours of the name's own. */
export function drawingOf(subject: string, name: string): string {
  return picture(name)?.svg ?? drawing(subject, name);
}
