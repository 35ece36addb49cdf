import { useEffect, useState } from 'react';
import type { paths } from '../../generated/console.ts';
import { answerOf, consoleApi } from './client.ts';

export type Beat = paths['/console/api/pulse']['get']['responses'][200]['content']['application/json']['beats'][number];

/** A quarter of an hour of beats two seconds apart. */
const KEPT = 450;
const AGAIN_MS = 3_000;

export interface PulseHeard {
  readonly beats: readonly Beat[];
  /** Whether beats come in just now. */
  readonly live: boolean;
}

/** The shop's pulse: what was, then each beat as it comes; goes on by itself after the server was away. */
export function usePulse(): PulseHeard {
  const [heard, setHeard] = useState<PulseHeard>({ beats: [], live: false });

  useEffect(() => {
    let stream: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let left = false;

    const open = async () => {
      try {
        const { beats } = await answerOf(consoleApi.GET('/console/api/pulse'));
        if (left) return;
        setHeard({ beats, live: true });
        stream = new EventSource('/console/api/pulse/events');
        stream.onmessage = ({ data }) => {
          const beat = JSON.parse(data) as Beat;
          setHeard((before) => ({ beats: [...before.beats, beat].slice(-KEPT), live: true }));
        };
        stream.onerror = () => {
          stream?.close();
          retry();
        };
      } catch {
        retry();
      }
    };
    const retry = () => {
      if (left) return;
      setHeard((before) => ({ ...before, live: false }));
      again = setTimeout(() => void open(), AGAIN_MS);
    };
    void open();
    return () => {
      left = true;
      stream?.close();
      clearTimeout(again);
    };
  }, []);
  return heard;
}
