import type { paths } from '../../../generated/console.ts';

export type Topology = paths['/console/api/topology']['get']['responses'][200]['content']['application/json'];
export type TopologyNode = Topology['nodes'][number];
export type TopologyEdge = Topology['edges'][number];

export interface Box {
  readonly node: TopologyNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
}

const WIDTH = 1_120;
const BOX = { width: 132, height: 44 };
const TOP = 12;
/** Where each kind stands, from the top down. */
const ROWS = { clients: TOP, gateway: 96, edge: 96, service: 252, database: 352, bus: 470 };
const PARTNERS_WIDTH = 152;

/**
 * Places the parts: who asks at the top, the doors below, the services in a row with their databases under them, other companies
 * beside, and the bus along the bottom.
 */
export function drawn({ nodes }: Pick<Topology, 'nodes'>): Drawing {
  const boxes = new Map<string, Box>();
  const put = (node: TopologyNode, x: number, y: number, width = BOX.width, height = BOX.height) =>
    boxes.set(node.id, { node, x, y, width, height });
  const of = (kind: TopologyNode['kind']) => nodes.filter((node) => node.kind === kind);

  const services = of('service');
  const left = WIDTH - PARTNERS_WIDTH - 28;
  const step = left / Math.max(1, services.length);
  const width = Math.min(BOX.width, step - 14);
  for (const [index, node] of services.entries()) {
    const x = index * step + (step - width) / 2;
    put(node, x, ROWS.service, width);
    const database = nodes.find(({ id }) => id === `db:${node.id}`);
    if (database !== undefined) put(database, x + 8, ROWS.database, width - 16, 40);
  }
  const centre = left / 2;
  for (const node of of('clients')) put(node, centre - BOX.width / 2, ROWS.clients);
  // The gateway stands last, beside other companies, who call it too.
  const doors = of('edge').sort((a, b) => Number(a.id === 'gateway') - Number(b.id === 'gateway'));
  const gap = 60;
  const all = doors.length * BOX.width + (doors.length - 1) * gap;
  for (const [index, node] of doors.entries()) put(node, centre - all / 2 + index * (BOX.width + gap), ROWS.edge);
  for (const [index, node] of of('partner').entries()) {
    put(node, WIDTH - PARTNERS_WIDTH - 4, TOP + index * 66, PARTNERS_WIDTH, 50);
  }
  for (const node of of('bus')) put(node, 0, ROWS.bus, left, 40);
  return { width: WIDTH, height: ROWS.bus + 56, boxes };
}

/** The path of an edge between two boxes: from the side that faces the other to the side that faces back, softly bent. */
export function pathOf(from: Box, to: Box, kind: TopologyEdge['kind']): string {
  const middle = (box: Box) => box.x + box.width / 2;
  if (kind === 'publishes' || kind === 'hears') {
    const box = kind === 'publishes' ? from : to;
    const bus = kind === 'publishes' ? to : from;
    const x = kind === 'publishes' ? box.x + 3 : box.x + box.width - 3;
    const [low, high] = [bus.y, box.y + box.height];
    return kind === 'publishes' ? `M${x} ${high}V${low}` : `M${x} ${low}V${high}`;
  }
  if (from.node.kind === 'edge' && (to.node.kind === 'edge' || to.node.kind === 'partner')) return across(from, to);
  if (from.node.kind === 'partner' && to.node.kind === 'edge') return across(from, to);
  if (to.node.kind === 'partner') {
    const [x, y] = [middle(from) + 6, to.y + to.height / 2];
    return `M${x} ${from.y}C${x} ${y} ${x + 30} ${y} ${to.x} ${y}`;
  }
  if (from.node.kind === 'partner') {
    const [x, y] = [middle(to) - 6, from.y + from.height / 2 + 8];
    return `M${from.x} ${y}C${x + 30} ${y} ${x} ${y} ${x} ${to.y}`;
  }
  if (from.y === to.y) {
    const [a, b] = [middle(from), middle(to)];
    const rise = Math.min(64, 18 + Math.abs(a - b) * 0.09);
    const shift = a < b ? 8 : -8;
    return `M${a + shift} ${from.y}C${a + shift} ${from.y - rise} ${b - shift} ${to.y - rise} ${b - shift} ${to.y}`;
  }
  const [y1, y2] = [from.y + from.height, to.y];
  const bend = (y2 - y1) / 2;
  return `M${middle(from)} ${y1}C${middle(from)} ${y1 + bend} ${middle(to)} ${y2 - bend} ${middle(to)} ${y2}`;
}

/** From the facing side of one box to that of another beside it. */
function across(from: Box, to: Box): string {
  const [start, end] = from.x < to.x ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
  const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2];
  const bend = (end - start) / 2;
  return `M${start} ${y1}C${start + bend} ${y1} ${end - bend} ${y2} ${end} ${y2}`;
}
