/** What the public API shows of orders is promised to other callers too, so its shapes are the contract's. */
export * from '../../contracts/shown-order.ts';
