/** Structured logging. Fields never hold personal data, card data or tokens. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Logger;
}

/** What is told about a span. Never personal data, card data or tokens; addresses by their template, not as they came. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** Traces that follow a request, an event or a call from part to part. Most are not sampled, and then cost nothing. */
export interface Tracing {
  /**
   * Runs `work` within a span and ends the span with it. The parent is `traceparent` (W3C) or else the span under way; without
   * either, a new trace begins when the sampler says so. `work` is given the traceparent to pass on: that of its span, or,
   * when the trace is not sampled, the one that came in. `told` says of the result what belongs to the span. What `work`
   * throws marks the span and is thrown on.
   */
  inSpan<Result>(
    name: string,
    attributes: SpanAttributes,
    traceparent: string | undefined,
    work: (traceparent: string | undefined) => Promise<Result>,
    told?: (result: Result) => SpanAttributes,
  ): Promise<Result>;
  /**
   * Begins a span that is ended by hand, for work that is not one function; undefined when its trace is not sampled.
   * A new trace takes `traceId` (32 hexadecimal digits) as its id.
   */
  begin(
    name: string,
    attributes: SpanAttributes,
    traceparent: string | undefined,
    traceId?: string,
  ): ActiveSpan | undefined;
  /** The traceparent of the span under way in this asynchronous context. */
  current(): string | undefined;
}

export interface ActiveSpan {
  readonly traceparent: string;
  /** Runs `work` with this span as the one under way. */
  within<Result>(work: () => Result): Result;
  /** Ends the span. `error` marks it as failed; only the error's name is kept. */
  end(attributes?: SpanAttributes, error?: unknown): void;
}

/** A span that has ended, as an operator sees it. */
export interface FinishedSpan {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /** In ms since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly attributes: SpanAttributes;
}

/** The traces of the last while, for installations without a collector. */
export interface RecentTraces {
  /** The spans of a trace in the order they began; undefined when it is not (or no longer) known. */
  trace(traceId: string): readonly FinishedSpan[] | undefined;
}

/** The gauges that are read at each scrape, by name, with their labels; those that end in `_total` only grow, and are counters. */
export interface Gauges {
  readonly jangteo_view_lag_events: { readonly service: string; readonly view: string };
  readonly jangteo_view_lag_seconds: { readonly service: string; readonly view: string };
  /** 0 closed, 1 half open, 2 open. */
  readonly jangteo_breaker_state: { readonly breaker: string };
  /** 1 where a process knows of nobody who leads a service. */
  readonly jangteo_service_without_leader: { readonly service: string };
  readonly jangteo_sagas_in_flight: { readonly service: string; readonly saga: string };
  readonly jangteo_saga_oldest_seconds: { readonly service: string; readonly saga: string };
  readonly jangteo_hospital_cases_open: { readonly service: string; readonly subscription: string };
  /** Cases that a service reported itself. */
  readonly jangteo_hospital_reported_open: { readonly service: string; readonly kind: string };
  readonly jangteo_hospital_oldest_case_seconds: { readonly service: string };
  readonly jangteo_hospital_notices_sent_total: { readonly service: string; readonly channel: string };
  readonly jangteo_hospital_notices_failed_total: { readonly service: string; readonly channel: string };
  readonly jangteo_bus_lag_events: { readonly service: string; readonly subscription: string };
  readonly jangteo_relay_lag_events: { readonly service: string };
  readonly jangteo_relay_lag_seconds: { readonly service: string };
  readonly jangteo_calls_total: { readonly from: string; readonly to: string };
  /** Those that came to no answer. */
  readonly jangteo_calls_unknown_total: { readonly from: string; readonly to: string };
  readonly jangteo_calls_rejected_total: { readonly from: string; readonly to: string };
  readonly jangteo_events_committed_total: { readonly service: string; readonly type: string };
  readonly jangteo_events_heard_total: { readonly service: string; readonly source: string };
  readonly jangteo_heap_limit_bytes: Readonly<Record<never, string>>;
  /** Of a supervisor: whether a process or engine runs. */
  readonly jangteo_program_running: { readonly program: string };
  readonly jangteo_program_restarts_total: { readonly program: string };
  readonly jangteo_invariant_violations: { readonly invariant: string };
  readonly jangteo_invariants_verified_timestamp_seconds: Readonly<Record<never, string>>;
  /** The time that reads have been under way in this process, all together: its rate is how many are under way on average. */
  readonly jangteo_reads_under_way_seconds_total: { readonly service: string };
  readonly jangteo_search_products: { readonly service: string };
  readonly jangteo_search_index_bytes: { readonly service: string };
  readonly jangteo_page_cache_pages: { readonly edge: string };
  readonly jangteo_page_cache_bytes: { readonly edge: string };
  readonly jangteo_page_cache_hits_total: { readonly edge: string };
  readonly jangteo_page_cache_misses_total: { readonly edge: string };
  readonly jangteo_gateway_shed_total: { readonly gateway: string; readonly route: string };
  readonly jangteo_gateway_limited_total: { readonly gateway: string; readonly route: string };
  readonly jangteo_gateway_repeated_total: { readonly gateway: string; readonly route: string };
  readonly jangteo_gateway_hedged_total: { readonly gateway: string; readonly route: string };
  readonly jangteo_gateway_mirrored_total: { readonly gateway: string; readonly route: string };
  readonly jangteo_gateway_drilled_total: { readonly gateway: string; readonly route: string };
  readonly jangteo_gateway_under_way: { readonly gateway: string };
  readonly jangteo_gateway_waiting: { readonly gateway: string };
  readonly jangteo_gateway_routes_taken_over_total: { readonly gateway: string };
  readonly jangteo_gateway_routes_refused_total: { readonly gateway: string };
  readonly jangteo_gateway_upstream_up: { readonly gateway: string; readonly upstream: string };
  readonly jangteo_event_streams_open: { readonly server: string };
  /** Whether the last thing heard of an engine was an answer. */
  readonly jangteo_engine_up: { readonly engine: string };
  readonly jangteo_rate_limits_local_total: { readonly limit: string };
  /** `outcome`: `hit`, or why the leader was asked. */
  readonly jangteo_cart_copies_total: { readonly outcome: string };
  readonly jangteo_two_phase_in_doubt: { readonly coordinator: string; readonly resource: string };
  readonly jangteo_two_phase_in_doubt_seconds: { readonly coordinator: string; readonly resource: string };
  readonly jangteo_two_phase_heuristics: { readonly coordinator: string; readonly resource: string };
}

export interface Reading<Labels> {
  readonly labels: Labels;
  readonly value: number;
}

/** What the process measures about itself, in the Prometheus text format. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** `route` is the template of the address, never the address. */
  requestAnswered(method: string, route: string, status: number, seconds: number): void;
  /** A request that an objective is about was answered to whoever asked from outside; counted once, where it came in. */
  objectiveAnswered(objective: string, status: number, seconds: number): void;
  /** The requests answered since the start, by route template, method and status. */
  requestTotals(): readonly RequestTotal[];
  /** The upper bounds of the buckets that answers are counted in, in seconds; one more has none. */
  readonly requestBounds: readonly number[];
  /** One group commit of a service's event store: how many works shared it and how long it took. */
  groupCommitted(service: string, works: number, seconds: number): void;
  /**
   * Reads a gauge at each scrape; several readers of one gauge add up to one metric. What a reader throws hides only its
   * readings. The returned function ends it.
   */
  watch<Name extends keyof Gauges>(
    name: Name,
    read: () => Iterable<Reading<Gauges[Name]>> | Promise<Iterable<Reading<Gauges[Name]>>>,
  ): () => void;
}

/** How long answers took: how many fell into each bucket, and all of them together. */
export interface RequestTotal {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly buckets: readonly number[];
  readonly seconds: number;
}

/** The parts of a W3C traceparent. */
export interface TraceParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

const SHAPE = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:$|-)/;

/** The parts of a traceparent, undefined when the text is none. */
export function parseTraceparent(text: string | undefined): TraceParent | undefined {
  const match = text === undefined ? null : SHAPE.exec(text);
  if (match === null) return undefined;
  const [, traceId = '', spanId = '', flags = ''] = match;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** Whether a traceparent asks for spans: a look at one character, for every call, work and event is asked. */
export function isSampled(traceparent: string | undefined): traceparent is string {
  return traceparent !== undefined && (Number.parseInt(traceparent.charAt(54), 16) & 1) === 1;
}

/** As it stands in a `traceparent` (W3C Trace Context, version 00). */
export function formatTraceparent({ traceId, spanId, sampled }: TraceParent): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}
