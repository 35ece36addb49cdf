import { AsyncLocalStorage } from 'node:async_hooks';

/** The traceparent of the sampled span under way in an asynchronous context: spans hang on it, and log lines name it. */
export const underWay = new AsyncLocalStorage<string>();
