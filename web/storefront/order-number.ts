/** The end of an order's id: enough to tell one's own orders apart, and short enough to be read out. */
export function shortNumber(orderId: string): string {
  return orderId.slice(-8).toUpperCase();
}
