import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { type Language, useLanguage, useWords } from '../language.tsx';
import styles from './Chart.module.css';
import { chartWords } from './chart-words.ts';

export interface Series {
  readonly label: string;
  /** A custom property of the design, `--accent`. */
  readonly colour: string;
  readonly dashed?: boolean;
  readonly values: readonly (number | null)[];
}

interface ChartProps {
  readonly title: string;
  /** When each value was, in ms. */
  readonly times: readonly number[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
}

const HEIGHT = 132;
/** Rows of the figures that are read instead of the drawing. */
const ROWS = 10;

/** A live line chart. What it draws can be read: the newest value in words, the last ones as a table. */
export function Chart({ title, times, series, format }: ChartProps) {
  const words = useWords(chartWords);
  const place = useRef<HTMLDivElement>(null);
  const { language } = useLanguage();
  useDrawing(place, { title, times, series, format }, language);
  const newest = series.map(({ label, values }) => `${label} ${shown(values.at(-1), format)}`).join(' · ');
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        <span className={styles.title}>{title}</span>
        <ul className={styles.legend}>
          {series.map(({ label, colour, dashed, values }) => (
            <li key={label}>
              <svg viewBox="0 0 16 4" aria-hidden="true" className={styles.key}>
                <path
                  d="M0 2h16"
                  stroke={`var(${colour})`}
                  strokeWidth="2.500"
                  {...(dashed && { strokeDasharray: '4 3' })}
                />
              </svg>
              {series.length > 1 ? `${label} ` : ''}
              <strong>{shown(values.at(-1), format)}</strong>
            </li>
          ))}
        </ul>
      </figcaption>
      <div ref={place} className={styles.place} role="img" aria-label={words.drawing(title, newest)} />
      <details className={styles.figures}>
        <summary>{words.figures}</summary>
        <Figures times={times} series={series} format={format} title={title} />
      </details>
    </figure>
  );
}

function Figures({ title, times, series, format }: ChartProps) {
  const words = useWords(chartWords);
  const { language } = useLanguage();
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const first = Math.max(0, times.length - ROWS);
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          {series.map(({ label }) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {times
          .slice(first)
          .map((at, index) => (
            <tr key={at}>
              <th scope="row">{clock.format(at)}</th>
              {series.map(({ label, values }) => (
                <td key={label}>{shown(values[first + index], format)}</td>
              ))}
            </tr>
          ))
          .reverse()}
      </tbody>
    </table>
  );
}

function shown(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value);
}

/** Draws on a canvas, again when the place is resized or other colours are worn; only the data when only that is new. */
function useDrawing(
  place: { readonly current: HTMLDivElement | null },
  { times, series, format }: ChartProps,
  language: Language,
): void {
  const clock = useRef(new Intl.DateTimeFormat());
  clock.current = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const plot = useRef<UPlot | null>(null);
  const format_ = useRef(format);
  format_.current = format;
  const data = [times.map((at) => at / 1_000), ...series.map(({ values }) => [...values])] as UPlot.AlignedData;
  const newest = useRef(data);
  newest.current = data;
  const look = series.map(({ colour, dashed = false }) => `${colour} ${dashed}`).join();

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const lines = look.split(',').map((each) => each.split(' '));
    const draw = () => {
      plot.current?.destroy();
      const style = getComputedStyle(element);
      const resolved = (name: string) => colourOf(element, name);
      const soft = resolved('--ink-soft');
      const grid = { stroke: resolved('--hairline'), width: 1 };
      const font = `11px ${style.fontFamily}`;
      const axis = { stroke: soft, grid, ticks: { show: false }, font };
      plot.current = new UPlot(
        {
          width: Math.max(120, element.clientWidth),
          height: HEIGHT,
          legend: { show: false },
          cursor: { show: false },
          scales: { y: { range: (_plot, _low, high) => [0, Math.max(1, (high ?? 0) * 1.1)] } },
          axes: [
            {
              ...axis,
              space: 110,
              size: 24,
              values: (_plot, ticks) => ticks.map((tick) => clock.current.format(tick * 1_000)),
            },
            { ...axis, size: 56, space: 36, values: (_plot, ticks) => ticks.map((tick) => format_.current(tick)) },
          ],
          series: [
            {},
            ...lines.map(([colour = '--ink', dashed]) => ({
              stroke: resolved(colour),
              width: 1.75,
              points: { show: false },
              spanGaps: false,
              ...(dashed === 'true' && { dash: [5, 4] }),
            })),
          ],
        },
        newest.current,
        element,
      );
    };
    draw();
    const resized = new ResizeObserver(() => {
      plot.current?.setSize({ width: Math.max(120, element.clientWidth), height: HEIGHT });
    });
    resized.observe(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    window.addEventListener('jangteo:theme', draw);
    return () => {
      resized.disconnect();
      dark.removeEventListener('change', draw);
      window.removeEventListener('jangteo:theme', draw);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [place, look]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the data is new whenever the last time is
  useEffect(() => {
    plot.current?.setData(newest.current);
  }, [times.at(-1), times.length]);
}

/** The colour that a custom property stands for just now; a canvas knows no `light-dark()`. */
function colourOf(element: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
