import { useEffect, useRef } from 'react';
import { useLanguage, useWords } from '../../language.tsx';
import { formatNumber } from '../../parts/figures.tsx';
import { type Box, drawn, pathOf, type Topology, type TopologyEdge } from './layout.ts';
import { nameOf } from './names.ts';
import styles from './Topology.module.css';
import { topologyWords } from './words.ts';

interface PictureProps {
  readonly topology: Topology;
  readonly chosen: string | undefined;
  readonly choose: (id: string | undefined) => void;
}

/** The running composition, drawn. Lines are as wide as what goes along them is much; the boxes are buttons. */
export function Picture({ topology, chosen, choose }: PictureProps) {
  const words = useWords(topologyWords);
  const { width, height, boxes } = drawn(topology);
  const scroller = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where it does not fit, one sees its middle first: who asks, and the doors.
    const element = scroller.current;
    if (element !== null) element.scrollLeft = (element.scrollWidth - element.clientWidth) / 2;
  }, []);
  const concerns = ({ from, to }: TopologyEdge) => chosen === undefined || from === chosen || to === chosen;
  return (
    <figure className={styles.figure}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label={words.picture}>
        <svg viewBox={`-6 0 ${width + 12} ${height}`} className={styles.picture} aria-hidden="true">
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 6 6"
              refX="5"
              refY="3"
              markerWidth="6"
              markerHeight="6"
              orient="auto"
              markerUnits="userSpaceOnUse"
            >
              <path d="M0 0 6 3 0 6z" fill="context-stroke" />
            </marker>
          </defs>
          {topology.edges.map((edge) => (
            <Line key={`${edge.from} ${edge.to} ${edge.kind}`} edge={edge} boxes={boxes} isFaint={!concerns(edge)} />
          ))}
          {[...boxes.values()].map((box) => (
            <Shape key={box.node.id} box={box} isChosen={box.node.id === chosen} />
          ))}
          {topology.edges.map((edge) => (
            <Rate key={`${edge.from} ${edge.to} ${edge.kind}`} edge={edge} boxes={boxes} isShown={concerns(edge)} />
          ))}
        </svg>
        <div className={styles.buttons}>
          {[...boxes.values()].map(({ node, x, y, width: w, height: h }) => (
            <button
              key={node.id}
              type="button"
              className={styles.hit}
              aria-pressed={node.id === chosen}
              style={{
                left: `${((x + 6) / (width + 12)) * 100}%`,
                top: `${(y / height) * 100}%`,
                width: `${(w / (width + 12)) * 100}%`,
                height: `${(h / height) * 100}%`,
              }}
              onClick={() => choose(node.id === chosen ? undefined : node.id)}
            >
              <span className="visually-hidden">
                {nameOf(node.id, words)}
                {node.ok ? '' : `, ${words.unwell}`}
              </span>
            </button>
          ))}
        </div>
      </section>
      <figcaption className={styles.legend}>
        <span data-kind="calls">{words.legend.calls}</span>
        <span data-kind="events">{words.legend.events}</span>
        <span data-kind="failing">{words.legend.failing}</span>
      </figcaption>
    </figure>
  );
}

interface LineProps {
  readonly edge: TopologyEdge;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly isFaint: boolean;
}

function toneOf({ kind, errorShare, breaker, perSecond }: TopologyEdge): string {
  if (breaker === 'open' || breaker === 'half_open' || errorShare > 0) return 'failing';
  if (perSecond === 0) return 'quiet';
  return kind === 'publishes' || kind === 'hears' ? 'events' : 'calls';
}

function Line({ edge, boxes, isFaint }: LineProps) {
  const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
  // What a part asks of itself is in the table.
  if (from === undefined || to === undefined || from === to) return null;
  const thickness = Math.min(5, 1.25 + Math.log10(1 + edge.perSecond) * 1.3);
  return (
    <path
      d={pathOf(from, to, edge.kind)}
      className={styles.line}
      data-tone={toneOf(edge)}
      data-faint={isFaint || undefined}
      strokeWidth={thickness}
      {...(edge.breaker === 'open' && { strokeDasharray: '6 5' })}
      markerEnd="url(#arrow)"
    />
  );
}

function Rate({
  edge,
  boxes,
  isShown,
}: {
  readonly edge: TopologyEdge;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly isShown: boolean;
}) {
  const words = useWords(topologyWords);
  const { language } = useLanguage();
  const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
  if (from === undefined || to === undefined || from === to || !isShown || edge.perSecond === 0) return null;
  const text = words.perSecond(formatNumber(edge.perSecond, language, edge.perSecond < 10 ? 1 : 0));
  const [x, y] = placeOf(from, to, edge.kind);
  return (
    <text x={x} y={y} className={styles.rate} textAnchor="middle">
      {text}
    </text>
  );
}

/** Where a rate is written: near the end that it is about, so that lines from one box do not write over each other. */
function placeOf(from: Box, to: Box, kind: TopologyEdge['kind']): readonly [number, number] {
  const middle = (box: Box) => box.x + box.width / 2;
  if (kind === 'publishes') return [from.x + 22, to.y - 8];
  if (kind === 'hears') return [to.x + to.width - 22, from.y - 22];
  if (kind === 'commits') return [middle(to), to.y - 20];
  if (from.y === to.y && from.node.kind === 'service') {
    const rise = Math.min(64, 18 + Math.abs(middle(from) - middle(to)) * 0.09);
    return [(middle(from) + middle(to)) / 2, from.y - rise * 0.75 - 3];
  }
  if (from.node.kind === 'edge' && to.node.kind === 'edge') return [(to.x + to.width + from.x) / 2, from.y + 18];
  if (to.node.kind === 'partner') return [to.x - 34, to.y + to.height / 2 - 5];
  if (from.node.kind === 'partner' && to.node.kind === 'edge') return [(from.x + to.x + to.width) / 2, to.y + 16];
  if (from.node.kind === 'partner') return [from.x - 34, from.y + from.height / 2 + 22];
  const near = to.node.kind === 'service' ? 0.78 : 0.5;
  return [
    middle(from) + (middle(to) - middle(from)) * near,
    from.y + from.height + (to.y - from.y - from.height) * near,
  ];
}

function Shape({ box: { node, x, y, width, height }, isChosen }: { readonly box: Box; readonly isChosen: boolean }) {
  const words = useWords(topologyWords);
  const name = node.kind === 'database' ? words.names.database : nameOf(node.id, words);
  const middle = y + height / 2;
  return (
    <g
      className={styles.shape}
      data-kind={node.kind}
      data-unwell={!node.ok || undefined}
      data-chosen={isChosen || undefined}
    >
      {node.kind === 'database' ? (
        <>
          <path d={`M${x} ${y + 6}V${y + height - 6}a${width / 2} 6 0 0 0 ${width} 0V${y + 6}`} />
          <ellipse cx={x + width / 2} cy={y + 6} rx={width / 2} ry="6" />
        </>
      ) : (
        <rect x={x} y={y} width={width} height={height} rx={node.kind === 'bus' ? 20 : 8} />
      )}
      <text x={x + width / 2} y={node.note === undefined ? middle + 5 : middle - 2} textAnchor="middle">
        {name}
      </text>
      {node.note === undefined ? null : (
        <text x={x + width / 2} y={middle + 14} textAnchor="middle" className={styles.note}>
          {words.simulated}
        </text>
      )}
    </g>
  );
}
