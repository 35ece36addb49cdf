import { mix } from './colour.ts';
import { document, PAPERS, type Placed, scene } from './scene.ts';
import type { Subject } from './subject.ts';
import { clothing } from './subjects/clothing.ts';
import { garden } from './subjects/garden.ts';
import { home } from './subjects/home.ts';
import { pantry } from './subjects/pantry.ts';
import { stationery } from './subjects/stationery.ts';
import { tableware } from './subjects/tableware.ts';
import { tea } from './subjects/tea.ts';
import { textiles } from './subjects/textiles.ts';

/** A drawn picture, as SVG. */
export interface DrawnPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** Of its paper: what its place shows until it has come, `#rrggbb`. */
  readonly colour: string;
}

const SIDE = 1_000;
const SUBJECTS: Readonly<Record<string, Subject>> = {
  ...tableware,
  ...tea,
  ...textiles,
  ...clothing,
  ...stationery,
  ...home,
  ...pantry,
  ...garden,
};

/** The names of a product's pictures: whole, near by, and its colours side by side where it has some. Empty for others. */
export function pictureNames(product: string): readonly string[] {
  const subject = Object.hasOwn(SUBJECTS, product) ? SUBJECTS[product] : undefined;
  if (subject === undefined) return [];
  return [product, `${product}-2`, ...(subject.colours.length > 1 ? [`${product}-3`] : [])];
}

/** A picture by its name, e.g. `moon-jar-mug-2`; the same one each time. Undefined when there is none. */
export function picture(name: string): DrawnPicture | undefined {
  const [, product = name, number = '1'] = /^(.+)-([23])$/.exec(name) ?? [];
  const subject = Object.hasOwn(SUBJECTS, product) ? SUBJECTS[product] : undefined;
  if (subject === undefined || (number === '3' && subject.colours.length < 2)) return undefined;
  const things = number === '3' ? sideBySide(subject) : alone(subject);
  const { paper, view } = subject;
  const [wall, table] = PAPERS[paper];
  const content = scene({ width: SIDE, height: SIDE, paper, view, things, seed: name });
  const svg = document(SIDE, SIDE, content, number === '2' ? nearBy(subject) : undefined);
  return { svg, width: SIDE, height: SIDE, colour: mix(wall, table, 0.3) };
}

function alone({ view, scale = 1, aside = 0, colours: [colour], draw }: Subject): readonly Placed[] {
  return [{ x: 500 + aside, y: view === 'standing' ? 780 : 500, scale: 1.3 * scale, drawing: draw(colour) }];
}

function sideBySide({ view, scale = 1, aside = 0, colours, draw }: Subject): readonly Placed[] {
  const shown = colours.slice(0, 3);
  const apart = shown.length === 2 ? 380 : 300;
  const size = (shown.length === 2 ? 0.82 : 0.64) * scale;
  return shown.map((colour, index) => {
    const x = 500 + (index - (shown.length - 1) / 2) * apart + aside * size;
    const y = view === 'standing' ? 690 + (index % 2) * 90 : 500 + ((index % 2) - 0.5) * 70;
    return { x, y, scale: size, drawing: draw(colour) };
  });
}

/** What a step nearer shows: the upper left part, where the light falls. */
function nearBy({ view }: Subject): string {
  return view === 'standing' ? '190 260 540 540' : '200 190 540 540';
}
