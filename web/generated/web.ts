// Generated from /web/openapi.json by `npm run generate`.

export interface paths {
    "/web/v1/{lang}/shell": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is around every page */
        get: {
            parameters: {
                query?: {
                    currency?: "KRW" | "USD" | "EUR" | "GBP";
                };
                header?: never;
                path: {
                    lang: "en" | "ko";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            categories: {
                                categoryId: string;
                                name: string;
                            }[];
                            currencies: ("KRW" | "USD" | "EUR" | "GBP")[];
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `validation_failed`: The request does not fit its schema.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unavailable`: Not available just now; asking again is safe. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/web/v1/{lang}/p/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A product */
        get: {
            parameters: {
                query?: {
                    currency?: "KRW" | "USD" | "EUR" | "GBP";
                };
                header?: never;
                path: {
                    lang: "en" | "ko";
                    productId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            productId: string;
                            title: string;
                            description: string;
                            images: string[];
                            seller: {
                                sellerId: string;
                                name: string;
                            } | null;
                            categories: {
                                categoryId: string;
                                name: string;
                            }[];
                            availability: "in_stock" | "low_stock" | "out_of_stock";
                            variants: {
                                sku: string;
                                options: {
                                    name: string;
                                    value: string;
                                }[];
                                price: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                            }[];
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `validation_failed`: The request does not fit its schema.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unavailable`: Not available just now; asking again is safe. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A problem by RFC 9457. A program reacts to `code`, which never changes; the texts may. */
        Problem: {
            /** @description The address that explains this kind of problem: `/problems/<code>`. */
            type: string;
            /** @description What kind of problem it is. */
            title: string;
            /** @description The HTTP status, once more. */
            status: number;
            /** @description What is the matter with this request, for a person. */
            detail: string;
            /** @description The path that was asked for. */
            instance?: string;
            /** @enum {string} */
            code: "malformed_request" | "validation_failed" | "invalid_text" | "invalid_cursor" | "idempotency_key_required" | "unauthorized" | "invalid_signature" | "card_declined" | "forbidden" | "cross_site_request" | "not_found" | "unknown_product" | "unknown_sku" | "unknown_seller" | "unknown_category" | "unknown_cart" | "unknown_line" | "unknown_order" | "unknown_parcel" | "unknown_payment" | "unknown_shipment" | "unknown_account" | "unknown_case" | "unknown_run" | "unknown_view" | "method_not_allowed" | "out_of_stock" | "price_changed" | "cart_changed" | "cart_empty" | "cart_full" | "cart_checked_out" | "cart_merged" | "quantity_too_large" | "sku_repeated" | "total_too_large" | "shopper_erased" | "cart_expired" | "category_cycle" | "rows_apart" | "title_missing" | "sku_taken" | "request_expired" | "reservation_lost" | "payment_voided" | "order_not_confirmed" | "order_cancelled" | "order_shipped" | "nothing_to_ship" | "nothing_to_cancel" | "no_matching_sale" | "capture_exceeds_authorisation" | "processor_refused" | "report_unreadable" | "carrier_refused" | "refund_exceeds_capture" | "step_timed_out" | "idempotency_key_in_use" | "nothing_to_retry" | "case_closed" | "payload_too_large" | "unsupported_media_type" | "data_misfit" | "idempotency_key_reused" | "too_many_requests" | "internal_error" | "unavailable";
            /** @description Quote it when you report a fault. */
            requestId?: string;
            /** @description With `validation_failed`: what does not fit, field by field. */
            errors?: {
                /** @description Where, e.g. `body/quantity`. */
                path: string;
                /** @description What should be there. */
                message: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
