/** One kind of problem as callers of the public API know it: a stable code, its HTTP status and a title (RFC 9457). */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/**
 * Every problem code the product answers with, in one place: rejections of the services and refusals of the edge alike.
 * A code is part of the public contract: it is added, never renamed.
 */
export const problems = {
  malformed_request: { status: 400, title: 'The request cannot be read' },
  validation_failed: { status: 400, title: 'The request does not fit its schema' },
  invalid_text: { status: 400, title: 'The text holds characters that cannot be kept' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of ours' },
  idempotency_key_required: { status: 400, title: 'An Idempotency-Key is required where money moves' },
  unauthorized: { status: 401, title: 'A token is needed' },
  invalid_signature: { status: 401, title: 'The signature is not the one we expect' },
  card_declined: { status: 402, title: 'The card was declined' },
  forbidden: { status: 403, title: 'The token does not open this' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  unknown_product: { status: 404, title: 'There is no such product' },
  unknown_sku: { status: 404, title: 'There is no such SKU on sale' },
  unknown_seller: { status: 404, title: 'There is no such seller' },
  unknown_category: { status: 404, title: 'There is no such category' },
  unknown_cart: { status: 404, title: 'There is no such cart' },
  unknown_line: { status: 404, title: 'The cart has no such line' },
  unknown_order: { status: 404, title: 'There is no such order' },
  unknown_parcel: { status: 404, title: 'The order has no such parcel' },
  unknown_payment: { status: 404, title: 'There is no such payment' },
  unknown_shipment: { status: 404, title: 'There is no such shipment' },
  unknown_account: { status: 404, title: 'The ledger has no such account' },
  unknown_case: { status: 404, title: 'The error hospital has no such case' },
  unknown_view: { status: 404, title: 'There is no such view' },
  method_not_allowed: { status: 405, title: 'This address does not take this method' },
  out_of_stock: { status: 409, title: 'There is not enough in stock' },
  price_changed: { status: 409, title: 'The total is no longer what was expected' },
  cart_changed: { status: 409, title: 'The cart has changed since it was read' },
  cart_empty: { status: 409, title: 'The cart is empty' },
  cart_full: { status: 409, title: 'The cart holds as many lines as it can' },
  cart_checked_out: { status: 409, title: 'The cart has been checked out' },
  cart_expired: { status: 410, title: 'The cart has expired' },
  sku_taken: { status: 409, title: 'The SKU belongs to another product' },
  request_expired: { status: 409, title: 'The request came too late' },
  reservation_lost: { status: 409, title: 'The reservation is no longer held' },
  payment_voided: { status: 409, title: 'The payment has been voided' },
  order_not_confirmed: { status: 409, title: 'The order is not confirmed yet' },
  order_cancelled: { status: 409, title: 'The order has been cancelled' },
  order_shipped: { status: 409, title: 'The order has been shipped' },
  nothing_to_ship: { status: 409, title: 'Nothing of this parcel is left to ship' },
  nothing_to_cancel: { status: 409, title: 'Nothing of this order is left to cancel' },
  no_matching_sale: { status: 409, title: 'No earlier sale covers this return' },
  capture_exceeds_authorisation: { status: 409, title: 'The capture is more than is held' },
  processor_refused: { status: 409, title: 'The card processor refused' },
  carrier_refused: { status: 409, title: 'The carrier refused' },
  refund_exceeds_capture: { status: 409, title: 'The refund is more than was captured' },
  step_timed_out: { status: 409, title: 'A partner did not answer in time' },
  idempotency_key_in_use: { status: 409, title: 'A request with this Idempotency-Key is under way' },
  case_closed: { status: 409, title: 'The case has been closed' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The content type is not one we read' },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used with another body' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Not available just now; asking again is safe' },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;
