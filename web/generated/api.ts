// Generated from /openapi.json by `npm run generate`.

export interface paths {
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document: OpenAPI 3.1 of every address */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
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
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process is alive */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
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
                            /** @constant */
                            alive: true;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
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
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process should be sent requests
         * @description 503 while it starts, drains, or a part is not well.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
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
                            ready: boolean;
                            phase: "starting" | "ready" | "draining";
                            parts: {
                                part: string;
                                ok: boolean;
                                why?: string;
                            }[];
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
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
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics in the Prometheus text format */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
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
                        "text/plain": string;
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
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
    "/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every problem that the API answers with */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
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
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One problem */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    code: string;
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
                    content?: never;
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
    "/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Products, newest first */
        get: {
            parameters: {
                query: {
                    /** @description Items a page, 100 at most. */
                    limit: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                    category?: string;
                    seller?: string;
                };
                header?: never;
                path?: never;
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
                            items: {
                                productId: string;
                                sellerId: string;
                                categoryIds: string[];
                                title: {
                                    en?: string;
                                    ko?: string;
                                };
                                description: {
                                    en?: string;
                                    ko?: string;
                                };
                                images: string[];
                                variants: {
                                    sku: string;
                                    options: {
                                        [key: string]: string;
                                    };
                                    prices: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    }[];
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                }[];
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                                /** @description Milliseconds since 1970. */
                                addedAt: number;
                                /** @description Milliseconds since 1970. */
                                changedAt: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description Not modified */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `validation_failed`: The request does not fit its schema.
                 *
                 *     `invalid_cursor`: The cursor is not one of ours.
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
    "/v1/products/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A product */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
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
                            sellerId: string;
                            categoryIds: string[];
                            title: {
                                en?: string;
                                ko?: string;
                            };
                            description: {
                                en?: string;
                                ko?: string;
                            };
                            images: string[];
                            variants: {
                                sku: string;
                                options: {
                                    [key: string]: string;
                                };
                                prices: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                }[];
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                            }[];
                            availability: "in_stock" | "low_stock" | "out_of_stock";
                            /** @description Milliseconds since 1970. */
                            addedAt: number;
                            /** @description Milliseconds since 1970. */
                            changedAt: number;
                        };
                    };
                };
                /** @description Not modified */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Categories by their id */
        get: {
            parameters: {
                query: {
                    /** @description Items a page, 100 at most. */
                    limit: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
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
                            items: {
                                categoryId: string;
                                parentId?: string;
                                name: {
                                    en?: string;
                                    ko?: string;
                                };
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `validation_failed`: The request does not fit its schema.
                 *
                 *     `invalid_cursor`: The cursor is not one of ours.
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
    "/v1/sellers/{sellerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A seller */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sellerId: string;
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
                            sellerId: string;
                            name: {
                                en?: string;
                                ko?: string;
                            };
                            terms: {
                                sellerId: string;
                                parcelFee: {
                                    [key: string]: number;
                                };
                                pricesIncludeTax: boolean;
                                vatBasisPoints: {
                                    [key: string]: number;
                                };
                                commissionBasisPoints: number;
                            };
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
    "/v1/admin/sellers/{sellerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make or replace a seller */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    sellerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: {
                            en?: string;
                            ko?: string;
                        };
                        terms: {
                            parcelFee: {
                                [key: string]: number;
                            };
                            pricesIncludeTax: boolean;
                            vatBasisPoints: {
                                [key: string]: number;
                            };
                            commissionBasisPoints: number;
                        };
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            changed: boolean;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/categories/{categoryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make or replace a category */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    categoryId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        parentId?: string;
                        name: {
                            en?: string;
                            ko?: string;
                        };
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            changed: boolean;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A product as it is kept */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
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
                            sellerId: string;
                            categoryIds: string[];
                            title: {
                                en?: string;
                                ko?: string;
                            };
                            description: {
                                en?: string;
                                ko?: string;
                            };
                            images: string[];
                            variants: {
                                sku: string;
                                options: {
                                    [key: string]: string;
                                };
                                prices: {
                                    [key: string]: number;
                                };
                            }[];
                            onSale: boolean;
                            /** @description Milliseconds since 1970. */
                            addedAt: number;
                            /** @description Milliseconds since 1970. */
                            changedAt: number;
                            /** @description Grows with each change. */
                            revision: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_product`: There is no such product. */
                404: {
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
        /** Make or replace a product */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    productId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        sellerId: string;
                        categoryIds: string[];
                        title: {
                            en?: string;
                            ko?: string;
                        };
                        description: {
                            en?: string;
                            ko?: string;
                        };
                        images: string[];
                        variants: {
                            sku: string;
                            options: {
                                [key: string]: string;
                            };
                            prices: {
                                [key: string]: number;
                            };
                        }[];
                        /** @description The `revision` that was read: when somebody has changed the product since, nothing is written (`product_changed`). */
                        revision?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            changed: boolean;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unknown_seller`: There is no such seller.
                 *
                 *     `unknown_category`: There is no such category.
                 */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `sku_taken`: The SKU belongs to another product.
                 *
                 *     `product_changed`: Somebody else has changed the product since it was read.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `title_missing`: A product needs a title in English or Korean.
                 *
                 *     `idempotency_key_reused`: The Idempotency-Key was used with another body.
                 */
                422: {
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
        post?: never;
        /** Take a product off sale */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
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
                            changed: boolean;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/skus/{sku}/prices/{currency}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the price of a SKU in one currency */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    sku: string;
                    currency: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        amount: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            changed: boolean;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Products on sale or withdrawn, newest first; by `sku` the one that holds it */
        get: {
            parameters: {
                query: {
                    status: "on_sale" | "withdrawn";
                    seller?: string;
                    sku?: string;
                    limit: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
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
                            items: {
                                productId: string;
                                sellerId: string;
                                categoryIds: string[];
                                title: {
                                    en?: string;
                                    ko?: string;
                                };
                                description: {
                                    en?: string;
                                    ko?: string;
                                };
                                images: string[];
                                variants: {
                                    sku: string;
                                    options: {
                                        [key: string]: string;
                                    };
                                    prices: {
                                        [key: string]: number;
                                    };
                                }[];
                                onSale: boolean;
                                /** @description Milliseconds since 1970. */
                                addedAt: number;
                                /** @description Milliseconds since 1970. */
                                changedAt: number;
                                /** @description Grows with each change. */
                                revision: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `invalid_cursor`: The cursor is not one of ours.
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
    "/v1/admin/import/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far the import under an Idempotency-Key is, and its report when it is done
         * @description Of this process since its start. Sending the same file with the same key again answers the report at any time.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
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
                            /** @description `running`, `done` or `failed`. */
                            status: string;
                            /** @description Milliseconds since 1970. */
                            startedAt: number;
                            /** @description Read so far. */
                            rows: number;
                            imported: number;
                            unchanged: number;
                            rejectedRows: number;
                            report?: {
                                rows: number;
                                imported: number;
                                unchanged: number;
                                rejected: {
                                    row: number;
                                    sku: string;
                                    code: string;
                                    reason: string;
                                    /** @description The column that is to be mended. */
                                    field?: string;
                                }[];
                            };
                            /** @description Why it came to nothing. */
                            trouble?: string;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_import`: This process remembers no such import. */
                404: {
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
    "/v1/admin/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import products from CSV
         * @description Body: text/csv in UTF-8, up to 100 MB. Answers what became of every row. It sets what the file says, so repeating it at once changes nothing; with an Idempotency-Key the same file is never taken twice.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
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
                            rows: number;
                            imported: number;
                            unchanged: number;
                            rejected: {
                                row: number;
                                sku: string;
                                code: string;
                                reason: string;
                                /** @description The column that is to be mended. */
                                field?: string;
                            }[];
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is under way. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search products */
        get: {
            parameters: {
                query: {
                    /** @description Words in English or Korean; none asks for everything. */
                    q: string;
                    category?: string;
                    seller?: string;
                    currency?: string;
                    /** @description Leaves out what is sold out. */
                    available?: boolean;
                    /** @description In minor units of `currency`. */
                    priceFrom?: number;
                    priceTo?: number;
                    /** @description `name:value`, as often as there are values: one of them for each name. */
                    option?: string[];
                    sort?: "relevance" | "price_asc" | "price_desc" | "newest";
                    /** @description Hits a page, 100 at most. */
                    limit: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
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
                            hits: {
                                productId: string;
                                sellerId: string;
                                title: {
                                    en?: string;
                                    ko?: string;
                                };
                                image?: string;
                                prices: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                }[];
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                            }[];
                            total: number;
                            facets: {
                                category: {
                                    value: string;
                                    count: number;
                                }[];
                                seller: {
                                    value: string;
                                    count: number;
                                }[];
                                availability: {
                                    value: string;
                                    count: number;
                                }[];
                                options: {
                                    name: string;
                                    values: {
                                        value: string;
                                        count: number;
                                    }[];
                                }[];
                                price: {
                                    currency: string;
                                    lowest: number;
                                    highest: number;
                                } | null;
                            };
                            nextCursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `validation_failed`: The request does not fit its schema.
                 *
                 *     `invalid_cursor`: The cursor is not one of ours.
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
    "/v1/admin/search/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fill the search index anew while the old one serves */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
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
                            products: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/stock/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the stock of a SKU by location, and when it was counted last */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sku: string;
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
                            sku: string;
                            onHand: number;
                            reserved: number;
                            sold: number;
                            locations: {
                                location: string;
                                onHand: number;
                            }[];
                            /** @description The last 20 of the SKU’s newest 2,000 events, newest first. */
                            counts: {
                                /** @description Milliseconds since 1970. */
                                at: number;
                                location: string;
                                onHand: number;
                                /** @description `admin` and which of the operators; absent for imports and programs. */
                                by?: string;
                                reason?: string;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
        /** Set what is on hand */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    sku: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        onHand: number;
                        location?: string;
                        /** @description Why; kept in the log. */
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            sku: string;
                            onHand: number;
                            reserved: number;
                            sold: number;
                            locations: {
                                location: string;
                                onHand: number;
                            }[];
                            /** @description The last 20 of the SKU’s newest 2,000 events, newest first. */
                            counts: {
                                /** @description Milliseconds since 1970. */
                                at: number;
                                location: string;
                                onHand: number;
                                /** @description `admin` and which of the operators; absent for imports and programs. */
                                by?: string;
                                reason?: string;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List stock by SKU */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    /** @description How the SKU begins. */
                    prefix?: string;
                    availability?: "low_stock" | "out_of_stock";
                };
                header?: never;
                path?: never;
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
                            items: {
                                sku: string;
                                onHand: number;
                                reserved: number;
                                sold: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `invalid_cursor`: The cursor is not one of ours.
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
    "/v1/carts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a cart; its token opens the cart and its orders */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        currency?: string;
                    } | null;
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cartId: string;
                            token: string;
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
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/carts/{cartId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A cart at the prices of this moment */
        get: {
            parameters: {
                query?: {
                    /** @description ISO 3166-1 alpha-2. */
                    country?: string;
                    /** @description The newest Jangteo-Token that was answered: with it any process may answer at once. */
                    after?: string;
                };
                header?: never;
                path: {
                    cartId: string;
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
                            cartId: string;
                            status: "open" | "buying";
                            orderId?: string;
                            currency: string;
                            lines: {
                                sku: string;
                                quantity: number;
                                onSale: boolean;
                                productId?: string;
                                sellerId?: string;
                                title?: {
                                    en?: string;
                                    ko?: string;
                                };
                                options?: {
                                    [key: string]: string;
                                };
                                unitPrice?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                lineTotal?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                availability?: "in_stock" | "low_stock" | "out_of_stock";
                                priceWhenAdded?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                            parcels: {
                                sellerId: string;
                                skus: string[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                pricesIncludeTax: boolean;
                            }[];
                            totals: {
                                lines: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                shipping: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                discount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            } | null;
                            /** @description Milliseconds since 1970. */
                            expiresAt?: number;
                            asOf?: string;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_cart`: There is no such cart. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `cart_merged`: The cart was merged into another. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `cart_expired`: The cart has expired. */
                410: {
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
    "/v1/carts/{cartId}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put more of a SKU into a cart
         * @description Answers the priced cart; with `Prefer: return=minimal` nothing (204), which fills long carts fast.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    cartId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        sku: string;
                        quantity: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cartId: string;
                            status: "open" | "buying";
                            orderId?: string;
                            currency: string;
                            lines: {
                                sku: string;
                                quantity: number;
                                onSale: boolean;
                                productId?: string;
                                sellerId?: string;
                                title?: {
                                    en?: string;
                                    ko?: string;
                                };
                                options?: {
                                    [key: string]: string;
                                };
                                unitPrice?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                lineTotal?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                availability?: "in_stock" | "low_stock" | "out_of_stock";
                                priceWhenAdded?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                            parcels: {
                                sellerId: string;
                                skus: string[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                pricesIncludeTax: boolean;
                            }[];
                            totals: {
                                lines: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                shipping: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                discount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            } | null;
                            /** @description Milliseconds since 1970. */
                            expiresAt?: number;
                            asOf?: string;
                        };
                    };
                };
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unknown_cart`: There is no such cart.
                 *
                 *     `unknown_sku`: There is no such SKU on sale.
                 */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `cart_merged`: The cart was merged into another.
                 *
                 *     `cart_checked_out`: The cart has been checked out.
                 *
                 *     `cart_full`: The cart holds as many lines as it can.
                 *
                 *     `quantity_too_large`: More of one SKU than one cart can hold.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `cart_expired`: The cart has expired. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/carts/{cartId}/lines/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a SKU out of a cart */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    cartId: string;
                    sku: string;
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
                            cartId: string;
                            status: "open" | "buying";
                            orderId?: string;
                            currency: string;
                            lines: {
                                sku: string;
                                quantity: number;
                                onSale: boolean;
                                productId?: string;
                                sellerId?: string;
                                title?: {
                                    en?: string;
                                    ko?: string;
                                };
                                options?: {
                                    [key: string]: string;
                                };
                                unitPrice?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                lineTotal?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                availability?: "in_stock" | "low_stock" | "out_of_stock";
                                priceWhenAdded?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                            parcels: {
                                sellerId: string;
                                skus: string[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                pricesIncludeTax: boolean;
                            }[];
                            totals: {
                                lines: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                shipping: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                discount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            } | null;
                            /** @description Milliseconds since 1970. */
                            expiresAt?: number;
                            asOf?: string;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_cart`: There is no such cart. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `cart_merged`: The cart was merged into another.
                 *
                 *     `cart_checked_out`: The cart has been checked out.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `cart_expired`: The cart has expired. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        options?: never;
        head?: never;
        /** Change how many of a SKU are in a cart */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    cartId: string;
                    sku: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        quantity: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cartId: string;
                            status: "open" | "buying";
                            orderId?: string;
                            currency: string;
                            lines: {
                                sku: string;
                                quantity: number;
                                onSale: boolean;
                                productId?: string;
                                sellerId?: string;
                                title?: {
                                    en?: string;
                                    ko?: string;
                                };
                                options?: {
                                    [key: string]: string;
                                };
                                unitPrice?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                lineTotal?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                availability?: "in_stock" | "low_stock" | "out_of_stock";
                                priceWhenAdded?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                            parcels: {
                                sellerId: string;
                                skus: string[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                pricesIncludeTax: boolean;
                            }[];
                            totals: {
                                lines: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                shipping: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                discount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            } | null;
                            /** @description Milliseconds since 1970. */
                            expiresAt?: number;
                            asOf?: string;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unknown_cart`: There is no such cart.
                 *
                 *     `unknown_line`: The cart has no such line.
                 */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `cart_merged`: The cart was merged into another.
                 *
                 *     `cart_checked_out`: The cart has been checked out.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `cart_expired`: The cart has expired. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        trace?: never;
    };
    "/v1/carts/{cartId}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take in the lines of another cart, whose token is shown */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    cartId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        cartId: string;
                        token: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cartId: string;
                            status: "open" | "buying";
                            orderId?: string;
                            currency: string;
                            lines: {
                                sku: string;
                                quantity: number;
                                onSale: boolean;
                                productId?: string;
                                sellerId?: string;
                                title?: {
                                    en?: string;
                                    ko?: string;
                                };
                                options?: {
                                    [key: string]: string;
                                };
                                unitPrice?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                lineTotal?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                availability?: "in_stock" | "low_stock" | "out_of_stock";
                                priceWhenAdded?: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                            parcels: {
                                sellerId: string;
                                skus: string[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                pricesIncludeTax: boolean;
                            }[];
                            totals: {
                                lines: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                shipping: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                discount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            } | null;
                            /** @description Milliseconds since 1970. */
                            expiresAt?: number;
                            asOf?: string;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_cart`: There is no such cart. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `cart_merged`: The cart was merged into another.
                 *
                 *     `cart_checked_out`: The cart has been checked out.
                 *
                 *     `cart_changed`: The cart has changed since it was read.
                 *
                 *     `cart_full`: The cart holds as many lines as it can.
                 *
                 *     `quantity_too_large`: More of one SKU than one cart can hold.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `cart_expired`: The cart has expired. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/carts/{cartId}/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Buy what is in a cart */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key": string;
                    /** @description `wait=5` waits up to so many seconds for the outcome (at most 30). */
                    Prefer?: string;
                };
                path: {
                    cartId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        email: string;
                        shippingAddress: {
                            name: string;
                            line1: string;
                            line2?: string;
                            city: string;
                            postalCode: string;
                            /** @description ISO 3166-1 alpha-2. */
                            country: string;
                        };
                        payment: {
                            token: string;
                        };
                        expectedTotal?: {
                            /** @description Whole minor units. */
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            orderId: string;
                            status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            orderId: string;
                            status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `validation_failed`: The request does not fit its schema.
                 *
                 *     `idempotency_key_required`: An Idempotency-Key is required where money moves.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `card_declined`: The card was declined. */
                402: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_cart`: There is no such cart. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `cart_merged`: The cart was merged into another.
                 *
                 *     `cart_empty`: The cart is empty.
                 *
                 *     `out_of_stock`: There is not enough in stock.
                 *
                 *     `price_changed`: The total is no longer what was expected.
                 *
                 *     `total_too_large`: The order costs more than one order may.
                 *
                 *     `order_cancelled`: The order has been cancelled.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `cart_expired`: The cart has expired. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order as it stands now */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderId: string;
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
                            orderId: string;
                            cartId: string;
                            status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                            reason?: {
                                code: string;
                                detail: string;
                                extra?: {
                                    [key: string]: unknown;
                                };
                            };
                            cancelRequested: boolean;
                            currency: string;
                            /** @description ISO 3166-1 alpha-2. */
                            country: string;
                            /** @description Milliseconds since 1970. */
                            placedAt: number;
                            /** @description Milliseconds since 1970. */
                            confirmedAt?: number;
                            /** @description Milliseconds since 1970. */
                            cancelledAt?: number;
                            contact: {
                                email: string;
                                name: string;
                                city: string;
                                /** @description ISO 3166-1 alpha-2. */
                                country: string;
                            } | null;
                            parcels: {
                                parcelId: string;
                                sellerId: string;
                                lines: {
                                    sku: string;
                                    productId: string;
                                    title: {
                                        en?: string;
                                        ko?: string;
                                    };
                                    quantity: number;
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipped: number;
                                    cancelled: number;
                                    refunded: number;
                                }[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                shipments: {
                                    shipmentId: string;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                    }[];
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    /** @description Milliseconds since 1970. */
                                    shippedAt: number;
                                    /** @description Milliseconds since 1970. */
                                    deliveredAt?: number;
                                }[];
                                refunds: {
                                    refundId: string;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                    }[];
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    /** @description Milliseconds since 1970. */
                                    requestedAt: number;
                                }[];
                            }[];
                            totals: {
                                lines: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                shipping: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                discount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            };
                            version: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_order`: There is no such order. */
                404: {
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
    "/v1/orders/{orderId}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to an order, oldest first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderId: string;
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
                            items: {
                                version: number;
                                type: string;
                                /** @description Milliseconds since 1970. */
                                at: number;
                                status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                                parcelId?: string;
                                shipmentId?: string;
                                refundId?: string;
                                cancellationId?: string;
                                lines?: {
                                    sku: string;
                                    quantity: number;
                                }[];
                                /** @description Minor units of the order’s currency. */
                                amount?: number;
                                reason?: {
                                    code: string;
                                    detail: string;
                                    extra?: {
                                        [key: string]: unknown;
                                    };
                                };
                            }[];
                            nextCursor: null;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_order`: There is no such order. */
                404: {
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
    "/v1/orders/{orderId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The timeline as it happens (server-sent events) */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderId: string;
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
                    content?: never;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_order`: There is no such order. */
                404: {
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
    "/v1/orders/{orderId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel an order of which nothing is shipped yet */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderId: string;
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
                            orderId: string;
                            cartId: string;
                            status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                            reason?: {
                                code: string;
                                detail: string;
                                extra?: {
                                    [key: string]: unknown;
                                };
                            };
                            cancelRequested: boolean;
                            currency: string;
                            /** @description ISO 3166-1 alpha-2. */
                            country: string;
                            /** @description Milliseconds since 1970. */
                            placedAt: number;
                            /** @description Milliseconds since 1970. */
                            confirmedAt?: number;
                            /** @description Milliseconds since 1970. */
                            cancelledAt?: number;
                            contact: {
                                email: string;
                                name: string;
                                city: string;
                                /** @description ISO 3166-1 alpha-2. */
                                country: string;
                            } | null;
                            parcels: {
                                parcelId: string;
                                sellerId: string;
                                lines: {
                                    sku: string;
                                    productId: string;
                                    title: {
                                        en?: string;
                                        ko?: string;
                                    };
                                    quantity: number;
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipped: number;
                                    cancelled: number;
                                    refunded: number;
                                }[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                shipments: {
                                    shipmentId: string;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                    }[];
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    /** @description Milliseconds since 1970. */
                                    shippedAt: number;
                                    /** @description Milliseconds since 1970. */
                                    deliveredAt?: number;
                                }[];
                                refunds: {
                                    refundId: string;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                    }[];
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    /** @description Milliseconds since 1970. */
                                    requestedAt: number;
                                }[];
                            }[];
                            totals: {
                                lines: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                shipping: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                discount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            };
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            orderId: string;
                            cartId: string;
                            status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                            reason?: {
                                code: string;
                                detail: string;
                                extra?: {
                                    [key: string]: unknown;
                                };
                            };
                            cancelRequested: boolean;
                            currency: string;
                            /** @description ISO 3166-1 alpha-2. */
                            country: string;
                            /** @description Milliseconds since 1970. */
                            placedAt: number;
                            /** @description Milliseconds since 1970. */
                            confirmedAt?: number;
                            /** @description Milliseconds since 1970. */
                            cancelledAt?: number;
                            contact: {
                                email: string;
                                name: string;
                                city: string;
                                /** @description ISO 3166-1 alpha-2. */
                                country: string;
                            } | null;
                            parcels: {
                                parcelId: string;
                                sellerId: string;
                                lines: {
                                    sku: string;
                                    productId: string;
                                    title: {
                                        en?: string;
                                        ko?: string;
                                    };
                                    quantity: number;
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipped: number;
                                    cancelled: number;
                                    refunded: number;
                                }[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                shipments: {
                                    shipmentId: string;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                    }[];
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    /** @description Milliseconds since 1970. */
                                    shippedAt: number;
                                    /** @description Milliseconds since 1970. */
                                    deliveredAt?: number;
                                }[];
                                refunds: {
                                    refundId: string;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                    }[];
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    /** @description Milliseconds since 1970. */
                                    requestedAt: number;
                                }[];
                            }[];
                            totals: {
                                lines: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                shipping: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                discount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            };
                            version: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_order`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `order_shipped`: The order has been shipped.
                 *
                 *     `nothing_to_cancel`: Nothing of this order is left to cancel.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The orders of the shopper, newest first */
        get: {
            parameters: {
                query: {
                    limit: number;
                    cursor?: string;
                    /** @description The Jangteo-Token of a write that the list shall show. */
                    after?: string;
                };
                header?: never;
                path?: never;
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
                            items: {
                                orderId: string;
                                status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                                reason?: {
                                    code: string;
                                    detail: string;
                                    extra?: {
                                        [key: string]: unknown;
                                    };
                                };
                                /** @description Milliseconds since 1970. */
                                placedAt: number;
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                parcels: {
                                    parcelId: string;
                                    sellerId: string;
                                    pieces: number;
                                    shipped: number;
                                    delivered: number;
                                    cancelled: number;
                                }[];
                            }[];
                            nextCursor: string | null;
                            stale: boolean;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `invalid_cursor`: The cursor is not one of ours.
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
                /** @description `unauthorized`: A token is needed. */
                401: {
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
    "/v1/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Orders, newest first
         * @description Placed from a time on and below another. A page may hold fewer than `limit` orders and still have a `nextCursor`: no more than some thousand orders are looked through for one page.
         */
        get: {
            parameters: {
                query: {
                    status?: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                    shopper?: string;
                    seller?: string;
                    /** @description Milliseconds since 1970. */
                    from?: number;
                    /** @description Milliseconds since 1970. */
                    below?: number;
                    /** @description Beginnings of an order’s id, of SKUs and of words in titles; all of them are held. */
                    q?: string;
                    limit: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
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
                            items: {
                                orderId: string;
                                status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                                reason?: {
                                    code: string;
                                    detail: string;
                                    extra?: {
                                        [key: string]: unknown;
                                    };
                                };
                                /** @description Milliseconds since 1970. */
                                placedAt: number;
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                parcels: {
                                    parcelId: string;
                                    sellerId: string;
                                    pieces: number;
                                    shipped: number;
                                    delivered: number;
                                    cancelled: number;
                                }[];
                                shopperId: string;
                            }[];
                            nextCursor: string | null;
                            stale: boolean;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `invalid_cursor`: The cursor is not one of ours.
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
                /**
                 * @description `unavailable`: Not available just now; asking again is safe.
                 *
                 *     `lists_unavailable`: This list cannot be had just now; asking again is safe.
                 */
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
    "/v1/admin/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order as it stands now */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderId: string;
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
                            orderId: string;
                            cartId: string;
                            status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                            reason?: {
                                code: string;
                                detail: string;
                                extra?: {
                                    [key: string]: unknown;
                                };
                            };
                            cancelRequested: boolean;
                            currency: string;
                            /** @description ISO 3166-1 alpha-2. */
                            country: string;
                            /** @description Milliseconds since 1970. */
                            placedAt: number;
                            /** @description Milliseconds since 1970. */
                            confirmedAt?: number;
                            /** @description Milliseconds since 1970. */
                            cancelledAt?: number;
                            contact: {
                                email: string;
                                name: string;
                                city: string;
                                /** @description ISO 3166-1 alpha-2. */
                                country: string;
                            } | null;
                            parcels: {
                                parcelId: string;
                                sellerId: string;
                                lines: {
                                    sku: string;
                                    productId: string;
                                    title: {
                                        en?: string;
                                        ko?: string;
                                    };
                                    quantity: number;
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipped: number;
                                    cancelled: number;
                                    refunded: number;
                                }[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                shipments: {
                                    shipmentId: string;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                    }[];
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    /** @description Milliseconds since 1970. */
                                    shippedAt: number;
                                    /** @description Milliseconds since 1970. */
                                    deliveredAt?: number;
                                }[];
                                refunds: {
                                    refundId: string;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                    }[];
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    /** @description Milliseconds since 1970. */
                                    requestedAt: number;
                                }[];
                            }[];
                            totals: {
                                lines: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                shipping: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                discount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            };
                            version: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_order`: There is no such order. */
                404: {
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
    "/v1/admin/orders/{orderId}/parcels/{parcelId}/ship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ship a parcel, or a part of it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderId: string;
                    parcelId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        lines?: {
                            sku: string;
                            quantity: number;
                        }[];
                        /** @description Why; kept in the log. No personal data. */
                        note?: string;
                    } | null;
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            shipmentId: string;
                            order: {
                                orderId: string;
                                cartId: string;
                                status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                                reason?: {
                                    code: string;
                                    detail: string;
                                    extra?: {
                                        [key: string]: unknown;
                                    };
                                };
                                cancelRequested: boolean;
                                currency: string;
                                /** @description ISO 3166-1 alpha-2. */
                                country: string;
                                /** @description Milliseconds since 1970. */
                                placedAt: number;
                                /** @description Milliseconds since 1970. */
                                confirmedAt?: number;
                                /** @description Milliseconds since 1970. */
                                cancelledAt?: number;
                                contact: {
                                    email: string;
                                    name: string;
                                    city: string;
                                    /** @description ISO 3166-1 alpha-2. */
                                    country: string;
                                } | null;
                                parcels: {
                                    parcelId: string;
                                    sellerId: string;
                                    lines: {
                                        sku: string;
                                        productId: string;
                                        title: {
                                            en?: string;
                                            ko?: string;
                                        };
                                        quantity: number;
                                        unitPrice: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        lineTotal: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        shipped: number;
                                        cancelled: number;
                                        refunded: number;
                                    }[];
                                    totals: {
                                        lines: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        shipping: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        discount: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        tax: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        total: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                    };
                                    shipments: {
                                        shipmentId: string;
                                        lines: {
                                            sku: string;
                                            quantity: number;
                                        }[];
                                        amount: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        /** @description Milliseconds since 1970. */
                                        shippedAt: number;
                                        /** @description Milliseconds since 1970. */
                                        deliveredAt?: number;
                                    }[];
                                    refunds: {
                                        refundId: string;
                                        lines: {
                                            sku: string;
                                            quantity: number;
                                        }[];
                                        amount: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        /** @description Milliseconds since 1970. */
                                        requestedAt: number;
                                    }[];
                                }[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                version: number;
                            };
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unknown_order`: There is no such order.
                 *
                 *     `unknown_parcel`: The order has no such parcel.
                 */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `order_not_confirmed`: The order is not confirmed yet.
                 *
                 *     `nothing_to_ship`: Nothing of this parcel is left to ship.
                 *
                 *     `order_cancelled`: The order has been cancelled.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/{orderId}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay back shipped goods */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key": string;
                };
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        lines: {
                            sku: string;
                            quantity: number;
                        }[];
                        /** @description Why; kept in the log. No personal data. */
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            refunds: {
                                refundId: string;
                                parcelId: string;
                                lines: {
                                    sku: string;
                                    quantity: number;
                                }[];
                                amount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                            order: {
                                orderId: string;
                                cartId: string;
                                status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                                reason?: {
                                    code: string;
                                    detail: string;
                                    extra?: {
                                        [key: string]: unknown;
                                    };
                                };
                                cancelRequested: boolean;
                                currency: string;
                                /** @description ISO 3166-1 alpha-2. */
                                country: string;
                                /** @description Milliseconds since 1970. */
                                placedAt: number;
                                /** @description Milliseconds since 1970. */
                                confirmedAt?: number;
                                /** @description Milliseconds since 1970. */
                                cancelledAt?: number;
                                contact: {
                                    email: string;
                                    name: string;
                                    city: string;
                                    /** @description ISO 3166-1 alpha-2. */
                                    country: string;
                                } | null;
                                parcels: {
                                    parcelId: string;
                                    sellerId: string;
                                    lines: {
                                        sku: string;
                                        productId: string;
                                        title: {
                                            en?: string;
                                            ko?: string;
                                        };
                                        quantity: number;
                                        unitPrice: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        lineTotal: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        shipped: number;
                                        cancelled: number;
                                        refunded: number;
                                    }[];
                                    totals: {
                                        lines: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        shipping: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        discount: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        tax: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        total: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                    };
                                    shipments: {
                                        shipmentId: string;
                                        lines: {
                                            sku: string;
                                            quantity: number;
                                        }[];
                                        amount: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        /** @description Milliseconds since 1970. */
                                        shippedAt: number;
                                        /** @description Milliseconds since 1970. */
                                        deliveredAt?: number;
                                    }[];
                                    refunds: {
                                        refundId: string;
                                        lines: {
                                            sku: string;
                                            quantity: number;
                                        }[];
                                        amount: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        };
                                        /** @description Milliseconds since 1970. */
                                        requestedAt: number;
                                    }[];
                                }[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                version: number;
                            };
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `validation_failed`: The request does not fit its schema.
                 *
                 *     `idempotency_key_required`: An Idempotency-Key is required where money moves.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_order`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `order_not_confirmed`: The order is not confirmed yet.
                 *
                 *     `no_matching_sale`: No earlier sale covers this return.
                 *
                 *     `refund_exceeds_capture`: The refund is more than was captured.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/{orderId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel what is not shipped of an order, or a part of it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        lines?: {
                            sku: string;
                            quantity: number;
                        }[];
                        /** @description Why; kept in the log. No personal data. */
                        note?: string;
                    } | null;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            orderId: string;
                            cartId: string;
                            status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                            reason?: {
                                code: string;
                                detail: string;
                                extra?: {
                                    [key: string]: unknown;
                                };
                            };
                            cancelRequested: boolean;
                            currency: string;
                            /** @description ISO 3166-1 alpha-2. */
                            country: string;
                            /** @description Milliseconds since 1970. */
                            placedAt: number;
                            /** @description Milliseconds since 1970. */
                            confirmedAt?: number;
                            /** @description Milliseconds since 1970. */
                            cancelledAt?: number;
                            contact: {
                                email: string;
                                name: string;
                                city: string;
                                /** @description ISO 3166-1 alpha-2. */
                                country: string;
                            } | null;
                            parcels: {
                                parcelId: string;
                                sellerId: string;
                                lines: {
                                    sku: string;
                                    productId: string;
                                    title: {
                                        en?: string;
                                        ko?: string;
                                    };
                                    quantity: number;
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipped: number;
                                    cancelled: number;
                                    refunded: number;
                                }[];
                                totals: {
                                    lines: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    shipping: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    discount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    tax: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    total: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                };
                                shipments: {
                                    shipmentId: string;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                    }[];
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    /** @description Milliseconds since 1970. */
                                    shippedAt: number;
                                    /** @description Milliseconds since 1970. */
                                    deliveredAt?: number;
                                }[];
                                refunds: {
                                    refundId: string;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                    }[];
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                    /** @description Milliseconds since 1970. */
                                    requestedAt: number;
                                }[];
                            }[];
                            totals: {
                                lines: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                shipping: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                discount: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                            };
                            version: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_order`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `order_not_confirmed`: The order is not confirmed yet.
                 *
                 *     `nothing_to_cancel`: Nothing of this order is left to cancel.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/shoppers/{shopperId}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Destroy the key of a shopper: their personal data can never be read again, anywhere */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    shopperId: string;
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
                            /** @constant */
                            erased: true;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/ledger/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All accounts by currency, now or at a past time */
        get: {
            parameters: {
                query?: {
                    /** @description Milliseconds since 1970. */
                    at?: number;
                };
                header?: never;
                path?: never;
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
                            /** @description Milliseconds since 1970. */
                            at: number;
                            currencies: {
                                currency: string;
                                /** @description Whole minor units, as all amounts here. */
                                debits: number;
                                credits: number;
                                balanced: boolean;
                                accounts: {
                                    /** @description `processor_receivable`, `commission` or `seller_payable:<sellerId>`. */
                                    account: string;
                                    debits: number;
                                    credits: number;
                                    /** @description Debits less credits. */
                                    balance: number;
                                }[];
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
    "/v1/admin/ledger/accounts/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What moved an account and why, with its running balance */
        get: {
            parameters: {
                query?: {
                    /** @description Milliseconds since 1970. */
                    from?: number;
                    /** @description Milliseconds since 1970. */
                    below?: number;
                    order?: "oldest" | "newest";
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path: {
                    account: string;
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
                            account: string;
                            items: {
                                /** @description Milliseconds since 1970. */
                                at: number;
                                debit: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                credit: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                balance: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                cause: {
                                    type: string;
                                    orderId: string;
                                    reference: string;
                                };
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `invalid_cursor`: The cursor is not one of ours.
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_account`: The ledger has no such account. */
                404: {
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
    "/v1/admin/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Comparisons of late, and the differences that are still there */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
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
                            /** @description Those that this process remembers, latest first. */
                            runs: {
                                runId: string;
                                /** @description A day, UTC: `2026-11-21`. */
                                from: string;
                                /** @description A day, UTC: `2026-11-21`. */
                                to: string;
                                /** @description `running`, `done`, `refused`, `unavailable` or `failed`. */
                                status: string;
                                /** @description Read so far. */
                                lines: number;
                                /** @description Read so far. */
                                movements: number;
                                summary?: {
                                    /** @description Lines of the processor’s reports. */
                                    lines: number;
                                    /** @description Movements of the ledger in the same time, and around it. */
                                    movements: number;
                                    differences: number;
                                    /** @description The first 100; each is a case in the hospital, `payments.<kind>-<key>`. */
                                    findings: {
                                        kind: string;
                                        key: string;
                                        day: string;
                                        detail: string;
                                    }[];
                                    /** @description Cases that this run opened. */
                                    opened: number;
                                    /** @description Differences that had a case already. */
                                    known: number;
                                    /** @description Differences of earlier runs that are no more; their cases say so. */
                                    gone: number;
                                    /** @description Why the report was refused as a whole. */
                                    refused?: string;
                                };
                                trouble?: string;
                            }[];
                            /** @description The last 31 days that were compared by themselves, latest first. */
                            days: {
                                /** @description A day, UTC: `2026-11-21`. */
                                day: string;
                                status: string;
                                attempts: number;
                                result?: string;
                            }[];
                            /** @description The first 100 that are still there; each is a case in the hospital. */
                            differences: {
                                caseId: string;
                                kind: string;
                                /** @description A day, UTC: `2026-11-21`. */
                                day: string;
                                detail: string;
                                /** @description Milliseconds since 1970. */
                                foundAt: number;
                            }[];
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
        /**
         * Compare the ledger with the card processor’s reports
         * @description Each difference becomes a case in the error hospital, once however often it is asked for. Days end at midnight UTC; a movement less than the grace from midnight may stand on either side, one younger than that is not compared yet.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description A day, UTC: `2026-11-21`. */
                        from: string;
                        /** @description A day, UTC: `2026-11-21`. */
                        to?: string;
                        graceMs?: number;
                    };
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            runId: string;
                            /** @description A day, UTC: `2026-11-21`. */
                            from: string;
                            /** @description A day, UTC: `2026-11-21`. */
                            to: string;
                            /** @description `running`, `done`, `refused`, `unavailable` or `failed`. */
                            status: string;
                            /** @description Read so far. */
                            lines: number;
                            /** @description Read so far. */
                            movements: number;
                            summary?: {
                                /** @description Lines of the processor’s reports. */
                                lines: number;
                                /** @description Movements of the ledger in the same time, and around it. */
                                movements: number;
                                differences: number;
                                /** @description The first 100; each is a case in the hospital, `payments.<kind>-<key>`. */
                                findings: {
                                    kind: string;
                                    key: string;
                                    day: string;
                                    detail: string;
                                }[];
                                /** @description Cases that this run opened. */
                                opened: number;
                                /** @description Differences that had a case already. */
                                known: number;
                                /** @description Differences of earlier runs that are no more; their cases say so. */
                                gone: number;
                                /** @description Why the report was refused as a whole. */
                                refused?: string;
                            };
                            trouble?: string;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/reconciliation/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a comparison stands */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    runId: string;
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
                            runId: string;
                            /** @description A day, UTC: `2026-11-21`. */
                            from: string;
                            /** @description A day, UTC: `2026-11-21`. */
                            to: string;
                            /** @description `running`, `done`, `refused`, `unavailable` or `failed`. */
                            status: string;
                            /** @description Read so far. */
                            lines: number;
                            /** @description Read so far. */
                            movements: number;
                            summary?: {
                                /** @description Lines of the processor’s reports. */
                                lines: number;
                                /** @description Movements of the ledger in the same time, and around it. */
                                movements: number;
                                differences: number;
                                /** @description The first 100; each is a case in the hospital, `payments.<kind>-<key>`. */
                                findings: {
                                    kind: string;
                                    key: string;
                                    day: string;
                                    detail: string;
                                }[];
                                /** @description Cases that this run opened. */
                                opened: number;
                                /** @description Differences that had a case already. */
                                known: number;
                                /** @description Differences of earlier runs that are no more; their cases say so. */
                                gone: number;
                                /** @description Why the report was refused as a whole. */
                                refused?: string;
                            };
                            trouble?: string;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_run`: There is no such reconciliation. */
                404: {
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
    "/v1/shipments/{shipmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a shipment is */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    shipmentId: string;
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
                            shipmentId: string;
                            orderId: string;
                            parcelId: string;
                            status: "requested" | "booked" | "refused" | "unaddressable" | "in_transit" | "out_for_delivery" | "delivery_failed" | "delivered";
                            carrier?: string;
                            trackingNumber?: string;
                            events: {
                                status: "requested" | "booked" | "refused" | "unaddressable" | "in_transit" | "out_for_delivery" | "delivery_failed" | "delivered";
                                /** @description Milliseconds since 1970. */
                                at: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_shipment`: There is no such shipment. */
                404: {
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
    "/v1/admin/shipments/{shipmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a shipment is */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    shipmentId: string;
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
                            shipmentId: string;
                            orderId: string;
                            parcelId: string;
                            status: "requested" | "booked" | "refused" | "unaddressable" | "in_transit" | "out_for_delivery" | "delivery_failed" | "delivered";
                            carrier?: string;
                            trackingNumber?: string;
                            events: {
                                status: "requested" | "booked" | "refused" | "unaddressable" | "in_transit" | "out_for_delivery" | "delivery_failed" | "delivered";
                                /** @description Milliseconds since 1970. */
                                at: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_shipment`: There is no such shipment. */
                404: {
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
    "/v1/webhooks/carrier": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** News from the carrier, signed */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `invalid_signature`: The signature is not the one we expect. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_shipment`: There is no such shipment. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/hospital": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases in the error hospital, oldest first */
        get: {
            parameters: {
                query: {
                    status?: "open" | "draining" | "closed";
                    service?: string;
                    /** @description Of the event, or the kind of a reported case. */
                    type?: string;
                    /** @description Of the failure. */
                    code?: string;
                    subject?: string;
                    /** @description Milliseconds since 1970. */
                    openedBefore?: number;
                    limit: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
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
                            items: {
                                /** @description `<service>.<case>` */
                                caseId: string;
                                /** @description The service that could not handle the event, or found something wrong. */
                                service: string;
                                /** @description See `/v1/admin/traces/{traceId}`. */
                                traceId?: string;
                                /** @description What its service found wrong; absent where an event failed. */
                                kind?: string;
                                key?: string;
                                /** @description What a retry does where no event failed. */
                                action?: string;
                                /** @description What its service said, where no event failed. */
                                data?: unknown;
                                traceparent?: string;
                                subscription?: string;
                                /** @description The service that told the event. */
                                source?: string;
                                /** @description All later events of this subject wait. */
                                subject: string;
                                /** @description `open`, `draining` or `closed`. */
                                status: string;
                                /** @description Milliseconds since 1970. */
                                openedAt: number;
                                /** @description Milliseconds since 1970. */
                                closedAt?: number;
                                settledBy?: string;
                                failure: {
                                    /** @description `fault`, `rejected`, `unreadable`, or `reported` by its service. */
                                    kind: string;
                                    code: string;
                                    detail: string;
                                    extra?: unknown;
                                    attempts: number;
                                    /** @description Milliseconds since 1970. */
                                    at: number;
                                };
                                /** @description How many events wait behind it. */
                                waiting: number;
                                /** @description The event as it was heard. */
                                event?: unknown;
                                /** @description What a person put in place of its data. */
                                edited?: unknown;
                                audit: {
                                    /** @description Milliseconds since 1970. */
                                    at: number;
                                    /** @description `platform`, or `admin` and the name that was given in `Jangteo-Operator`. */
                                    by: string;
                                    act: string;
                                    /** @description What came of it. */
                                    note?: string;
                                    /** @description The reason that was given. */
                                    why?: string;
                                    /** @description What an edit put in place. */
                                    data?: unknown;
                                }[];
                                /** @description Grows with each act that changed the case: send it with the next. */
                                revision: number;
                                /** @description The first events that wait. */
                                behind?: unknown[];
                                /** @description Who was told, latest last. */
                                notices?: {
                                    /** @description The same at each attempt: receivers tell repetitions by it. */
                                    id: string;
                                    /** @description Milliseconds since 1970. */
                                    at: number;
                                    /** @description 0 when the case was admitted, then one more as it ages. */
                                    step: number;
                                    channel: string;
                                    to: string;
                                    ok: boolean;
                                    error?: string;
                                }[];
                                /** @description Milliseconds since 1970. */
                                nextNoticeAt?: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `validation_failed`: The request does not fit its schema.
                 *
                 *     `invalid_cursor`: The cursor is not one of ours.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
        /** Report a case to a service’s hospital; the same kind and key again is the same case */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        service: string;
                        kind: string;
                        /** @description The same key again is the same case. */
                        key: string;
                        subject: string;
                        detail: string;
                        data?: {
                            [key: string]: unknown;
                        };
                        action?: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description `<service>.<case>` */
                            caseId: string;
                            /** @description The service that could not handle the event, or found something wrong. */
                            service: string;
                            /** @description See `/v1/admin/traces/{traceId}`. */
                            traceId?: string;
                            /** @description What its service found wrong; absent where an event failed. */
                            kind?: string;
                            key?: string;
                            /** @description What a retry does where no event failed. */
                            action?: string;
                            /** @description What its service said, where no event failed. */
                            data?: unknown;
                            traceparent?: string;
                            subscription?: string;
                            /** @description The service that told the event. */
                            source?: string;
                            /** @description All later events of this subject wait. */
                            subject: string;
                            /** @description `open`, `draining` or `closed`. */
                            status: string;
                            /** @description Milliseconds since 1970. */
                            openedAt: number;
                            /** @description Milliseconds since 1970. */
                            closedAt?: number;
                            settledBy?: string;
                            failure: {
                                /** @description `fault`, `rejected`, `unreadable`, or `reported` by its service. */
                                kind: string;
                                code: string;
                                detail: string;
                                extra?: unknown;
                                attempts: number;
                                /** @description Milliseconds since 1970. */
                                at: number;
                            };
                            /** @description How many events wait behind it. */
                            waiting: number;
                            /** @description The event as it was heard. */
                            event?: unknown;
                            /** @description What a person put in place of its data. */
                            edited?: unknown;
                            audit: {
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description `platform`, or `admin` and the name that was given in `Jangteo-Operator`. */
                                by: string;
                                act: string;
                                /** @description What came of it. */
                                note?: string;
                                /** @description The reason that was given. */
                                why?: string;
                                /** @description What an edit put in place. */
                                data?: unknown;
                            }[];
                            /** @description Grows with each act that changed the case: send it with the next. */
                            revision: number;
                            /** @description The first events that wait. */
                            behind?: unknown[];
                            /** @description Who was told, latest last. */
                            notices?: {
                                /** @description The same at each attempt: receivers tell repetitions by it. */
                                id: string;
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description 0 when the case was admitted, then one more as it ages. */
                                step: number;
                                channel: string;
                                to: string;
                                ok: boolean;
                                error?: string;
                            }[];
                            /** @description Milliseconds since 1970. */
                            nextNoticeAt?: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/hospital/{caseId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A case: what failed, why, its trace, its history, what waits behind it, and who has been told */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    caseId: string;
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
                            /** @description `<service>.<case>` */
                            caseId: string;
                            /** @description The service that could not handle the event, or found something wrong. */
                            service: string;
                            /** @description See `/v1/admin/traces/{traceId}`. */
                            traceId?: string;
                            /** @description What its service found wrong; absent where an event failed. */
                            kind?: string;
                            key?: string;
                            /** @description What a retry does where no event failed. */
                            action?: string;
                            /** @description What its service said, where no event failed. */
                            data?: unknown;
                            traceparent?: string;
                            subscription?: string;
                            /** @description The service that told the event. */
                            source?: string;
                            /** @description All later events of this subject wait. */
                            subject: string;
                            /** @description `open`, `draining` or `closed`. */
                            status: string;
                            /** @description Milliseconds since 1970. */
                            openedAt: number;
                            /** @description Milliseconds since 1970. */
                            closedAt?: number;
                            settledBy?: string;
                            failure: {
                                /** @description `fault`, `rejected`, `unreadable`, or `reported` by its service. */
                                kind: string;
                                code: string;
                                detail: string;
                                extra?: unknown;
                                attempts: number;
                                /** @description Milliseconds since 1970. */
                                at: number;
                            };
                            /** @description How many events wait behind it. */
                            waiting: number;
                            /** @description The event as it was heard. */
                            event?: unknown;
                            /** @description What a person put in place of its data. */
                            edited?: unknown;
                            audit: {
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description `platform`, or `admin` and the name that was given in `Jangteo-Operator`. */
                                by: string;
                                act: string;
                                /** @description What came of it. */
                                note?: string;
                                /** @description The reason that was given. */
                                why?: string;
                                /** @description What an edit put in place. */
                                data?: unknown;
                            }[];
                            /** @description Grows with each act that changed the case: send it with the next. */
                            revision: number;
                            /** @description The first events that wait. */
                            behind?: unknown[];
                            /** @description Who was told, latest last. */
                            notices?: {
                                /** @description The same at each attempt: receivers tell repetitions by it. */
                                id: string;
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description 0 when the case was admitted, then one more as it ages. */
                                step: number;
                                channel: string;
                                to: string;
                                ok: boolean;
                                error?: string;
                            }[];
                            /** @description Milliseconds since 1970. */
                            nextNoticeAt?: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_case`: The error hospital has no such case. */
                404: {
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
    "/v1/admin/hospital/{caseId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Handle the event once more, then what waits behind it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    caseId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Why; kept in the audit. */
                        note?: string;
                        /** @description The `revision` that was seen: when somebody has changed the case since, nothing is done (`case_changed`). */
                        revision?: number;
                    } | null;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description `<service>.<case>` */
                            caseId: string;
                            /** @description The service that could not handle the event, or found something wrong. */
                            service: string;
                            /** @description See `/v1/admin/traces/{traceId}`. */
                            traceId?: string;
                            /** @description What its service found wrong; absent where an event failed. */
                            kind?: string;
                            key?: string;
                            /** @description What a retry does where no event failed. */
                            action?: string;
                            /** @description What its service said, where no event failed. */
                            data?: unknown;
                            traceparent?: string;
                            subscription?: string;
                            /** @description The service that told the event. */
                            source?: string;
                            /** @description All later events of this subject wait. */
                            subject: string;
                            /** @description `open`, `draining` or `closed`. */
                            status: string;
                            /** @description Milliseconds since 1970. */
                            openedAt: number;
                            /** @description Milliseconds since 1970. */
                            closedAt?: number;
                            settledBy?: string;
                            failure: {
                                /** @description `fault`, `rejected`, `unreadable`, or `reported` by its service. */
                                kind: string;
                                code: string;
                                detail: string;
                                extra?: unknown;
                                attempts: number;
                                /** @description Milliseconds since 1970. */
                                at: number;
                            };
                            /** @description How many events wait behind it. */
                            waiting: number;
                            /** @description The event as it was heard. */
                            event?: unknown;
                            /** @description What a person put in place of its data. */
                            edited?: unknown;
                            audit: {
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description `platform`, or `admin` and the name that was given in `Jangteo-Operator`. */
                                by: string;
                                act: string;
                                /** @description What came of it. */
                                note?: string;
                                /** @description The reason that was given. */
                                why?: string;
                                /** @description What an edit put in place. */
                                data?: unknown;
                            }[];
                            /** @description Grows with each act that changed the case: send it with the next. */
                            revision: number;
                            /** @description The first events that wait. */
                            behind?: unknown[];
                            /** @description Who was told, latest last. */
                            notices?: {
                                /** @description The same at each attempt: receivers tell repetitions by it. */
                                id: string;
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description 0 when the case was admitted, then one more as it ages. */
                                step: number;
                                channel: string;
                                to: string;
                                ok: boolean;
                                error?: string;
                            }[];
                            /** @description Milliseconds since 1970. */
                            nextNoticeAt?: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_case`: The error hospital has no such case. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `case_closed`: The case has been closed.
                 *
                 *     `case_changed`: Somebody else has changed the case since it was read.
                 *
                 *     `nothing_to_retry`: The case has nothing that could be tried again.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/hospital/{caseId}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See what handling the event would do; nothing is written and nobody outside is asked */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    caseId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Why; kept in the audit. */
                        note?: string;
                        /** @description The `revision` that was seen: when somebody has changed the case since, nothing is done (`case_changed`). */
                        revision?: number;
                    } | null;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            wouldSucceed: boolean;
                            /** @description `would_succeed`, `would_fail` or `cannot_be_foreseen`. */
                            verdict: string;
                            /** @description What would be done, in plain sentences. */
                            said: string;
                            failure?: {
                                /** @description `fault`, `rejected`, `unreadable`, or `reported` by its service. */
                                kind: string;
                                code: string;
                                detail: string;
                                extra?: unknown;
                                attempts: number;
                                /** @description Milliseconds since 1970. */
                                at: number;
                            };
                            intents: {
                                stream: string;
                                events: string[];
                                rejection?: unknown;
                            }[];
                            documents: {
                                collection: string;
                                key: string;
                            }[];
                            /** @description What it would do outside its own commit, which was not done, and what it asked. */
                            outward: {
                                kind: string;
                                what: string;
                                done: boolean;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_case`: The error hospital has no such case. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `case_closed`: The case has been closed.
                 *
                 *     `case_changed`: Somebody else has changed the case since it was read.
                 *
                 *     `nothing_to_retry`: The case has nothing that could be tried again.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/hospital/{caseId}/discharge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the event up, with a reason; what waits behind it is handled */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    caseId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Why; kept in the audit. */
                        note?: string;
                        /** @description The `revision` that was seen: when somebody has changed the case since, nothing is done (`case_changed`). */
                        revision?: number;
                    } | null;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description `<service>.<case>` */
                            caseId: string;
                            /** @description The service that could not handle the event, or found something wrong. */
                            service: string;
                            /** @description See `/v1/admin/traces/{traceId}`. */
                            traceId?: string;
                            /** @description What its service found wrong; absent where an event failed. */
                            kind?: string;
                            key?: string;
                            /** @description What a retry does where no event failed. */
                            action?: string;
                            /** @description What its service said, where no event failed. */
                            data?: unknown;
                            traceparent?: string;
                            subscription?: string;
                            /** @description The service that told the event. */
                            source?: string;
                            /** @description All later events of this subject wait. */
                            subject: string;
                            /** @description `open`, `draining` or `closed`. */
                            status: string;
                            /** @description Milliseconds since 1970. */
                            openedAt: number;
                            /** @description Milliseconds since 1970. */
                            closedAt?: number;
                            settledBy?: string;
                            failure: {
                                /** @description `fault`, `rejected`, `unreadable`, or `reported` by its service. */
                                kind: string;
                                code: string;
                                detail: string;
                                extra?: unknown;
                                attempts: number;
                                /** @description Milliseconds since 1970. */
                                at: number;
                            };
                            /** @description How many events wait behind it. */
                            waiting: number;
                            /** @description The event as it was heard. */
                            event?: unknown;
                            /** @description What a person put in place of its data. */
                            edited?: unknown;
                            audit: {
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description `platform`, or `admin` and the name that was given in `Jangteo-Operator`. */
                                by: string;
                                act: string;
                                /** @description What came of it. */
                                note?: string;
                                /** @description The reason that was given. */
                                why?: string;
                                /** @description What an edit put in place. */
                                data?: unknown;
                            }[];
                            /** @description Grows with each act that changed the case: send it with the next. */
                            revision: number;
                            /** @description The first events that wait. */
                            behind?: unknown[];
                            /** @description Who was told, latest last. */
                            notices?: {
                                /** @description The same at each attempt: receivers tell repetitions by it. */
                                id: string;
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description 0 when the case was admitted, then one more as it ages. */
                                step: number;
                                channel: string;
                                to: string;
                                ok: boolean;
                                error?: string;
                            }[];
                            /** @description Milliseconds since 1970. */
                            nextNoticeAt?: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_case`: The error hospital has no such case. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `case_closed`: The case has been closed.
                 *
                 *     `case_changed`: Somebody else has changed the case since it was read.
                 *
                 *     `nothing_to_retry`: The case has nothing that could be tried again.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/hospital/{caseId}/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace the event’s data for the next retry
         * @description It must fit the event’s contract. Personal fields must stay sealed as the event holds them.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    caseId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            [key: string]: unknown;
                        };
                        /** @description Why; kept in the audit. */
                        note?: string;
                        /** @description The `revision` that was seen: when somebody has changed the case since, nothing is done (`case_changed`). */
                        revision?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description `<service>.<case>` */
                            caseId: string;
                            /** @description The service that could not handle the event, or found something wrong. */
                            service: string;
                            /** @description See `/v1/admin/traces/{traceId}`. */
                            traceId?: string;
                            /** @description What its service found wrong; absent where an event failed. */
                            kind?: string;
                            key?: string;
                            /** @description What a retry does where no event failed. */
                            action?: string;
                            /** @description What its service said, where no event failed. */
                            data?: unknown;
                            traceparent?: string;
                            subscription?: string;
                            /** @description The service that told the event. */
                            source?: string;
                            /** @description All later events of this subject wait. */
                            subject: string;
                            /** @description `open`, `draining` or `closed`. */
                            status: string;
                            /** @description Milliseconds since 1970. */
                            openedAt: number;
                            /** @description Milliseconds since 1970. */
                            closedAt?: number;
                            settledBy?: string;
                            failure: {
                                /** @description `fault`, `rejected`, `unreadable`, or `reported` by its service. */
                                kind: string;
                                code: string;
                                detail: string;
                                extra?: unknown;
                                attempts: number;
                                /** @description Milliseconds since 1970. */
                                at: number;
                            };
                            /** @description How many events wait behind it. */
                            waiting: number;
                            /** @description The event as it was heard. */
                            event?: unknown;
                            /** @description What a person put in place of its data. */
                            edited?: unknown;
                            audit: {
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description `platform`, or `admin` and the name that was given in `Jangteo-Operator`. */
                                by: string;
                                act: string;
                                /** @description What came of it. */
                                note?: string;
                                /** @description The reason that was given. */
                                why?: string;
                                /** @description What an edit put in place. */
                                data?: unknown;
                            }[];
                            /** @description Grows with each act that changed the case: send it with the next. */
                            revision: number;
                            /** @description The first events that wait. */
                            behind?: unknown[];
                            /** @description Who was told, latest last. */
                            notices?: {
                                /** @description The same at each attempt: receivers tell repetitions by it. */
                                id: string;
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description 0 when the case was admitted, then one more as it ages. */
                                step: number;
                                channel: string;
                                to: string;
                                ok: boolean;
                                error?: string;
                            }[];
                            /** @description Milliseconds since 1970. */
                            nextNoticeAt?: number;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_case`: The error hospital has no such case. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `case_closed`: The case has been closed.
                 *
                 *     `case_changed`: Somebody else has changed the case since it was read.
                 *
                 *     `nothing_to_retry`: The case has nothing that could be tried again.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `data_misfit`: The data does not fit its contract.
                 *
                 *     `idempotency_key_reused`: The Idempotency-Key was used with another body.
                 */
                422: {
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/hospital/bulk/{act}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One act on a page of the open cases that a filter finds, oldest first, with a report for each */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    act: "retry" | "dry-run" | "discharge" | "edit";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Open cases only, and only those opened before a time, so that asking again never reaches newer ones. */
                        filter: {
                            service?: string;
                            /** @description Of the event, or the kind of a reported case. */
                            type?: string;
                            /** @description Of the failure. */
                            code?: string;
                            subject?: string;
                            /** @description Milliseconds since 1970. */
                            openedBefore: number;
                        };
                        /** @description Why; kept in the audit. */
                        note: string;
                        /** @description For `edit`: a JSON merge patch (RFC 7396). */
                        patch?: {
                            [key: string]: unknown;
                        };
                        /** @description Default 20. */
                        limit?: number;
                        cursor?: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                caseId: string;
                                /** @description `done`; `failed`: it stays open, or would; `unforeseen`: a dry run cannot tell; `refused`. */
                                outcome: string;
                                status?: string;
                                code?: string;
                                detail?: string;
                            }[];
                            nextCursor: string | null;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `payload_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: The content type is not one we read. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/hospital/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every act, by case (oldest first) and time: who, when, what, why */
        get: {
            parameters: {
                query: {
                    status?: "open" | "draining" | "closed";
                    service?: string;
                    /** @description Of the event, or the kind of a reported case. */
                    type?: string;
                    /** @description Of the failure. */
                    code?: string;
                    subject?: string;
                    /** @description Milliseconds since 1970. */
                    openedBefore?: number;
                    by?: string;
                    act?: string;
                    limit: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
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
                            items: {
                                caseId: string;
                                service: string;
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description `platform`, or `admin` and the name that was given in `Jangteo-Operator`. */
                                by: string;
                                act: string;
                                /** @description What came of it. */
                                note?: string;
                                /** @description The reason that was given. */
                                why?: string;
                                /** @description What an edit put in place. */
                                data?: unknown;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 *
                 *     `validation_failed`: The request does not fit its schema.
                 *
                 *     `invalid_cursor`: The cursor is not one of ours.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
    "/v1/admin/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every view, how far it lags, and what is being rebuilt */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
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
                            items: {
                                service: string;
                                name: string;
                                version: number;
                                generation: number;
                                /** @description Events not applied yet. */
                                lagEvents: number;
                                /** @description Age of the oldest event not applied yet. */
                                lagMs: number;
                                rebuilding?: {
                                    generation: number;
                                    appliedEvents: number;
                                    totalEvents: number;
                                };
                            }[];
                            /** @description All of them fit on one page. */
                            nextCursor: null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
    "/v1/admin/views/{name}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rebuild a view beside itself while it serves */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /** @description The view’s name, or `<service>.<name>`. */
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            service: string;
                            name: string;
                            version: number;
                            generation: number;
                            /** @description Events not applied yet. */
                            lagEvents: number;
                            /** @description Age of the oldest event not applied yet. */
                            lagMs: number;
                            rebuilding?: {
                                generation: number;
                                appliedEvents: number;
                                totalEvents: number;
                            };
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_view`: There is no such view. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: The Idempotency-Key was used with another body. */
                422: {
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/sagas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Business transactions in flight, oldest first */
        get: {
            parameters: {
                query: {
                    limit: number;
                    /** @description Only those whose step has waited longer than this. */
                    waitingMs?: number;
                };
                header?: never;
                path?: never;
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
                            items: {
                                service: string;
                                saga: string;
                                id: string;
                                /** @description `forward`, or `compensating` when it undoes what it did. */
                                phase: string;
                                /** @description What is asked, or undone. */
                                step: string;
                                /** @description How often the step was asked without an answer. */
                                attempts: number;
                                /** @description Milliseconds since 1970. */
                                startedAt: number;
                                /** @description Milliseconds since 1970. */
                                waitingSince: number;
                                /** @description Whether this process drives it; its figures are as last recorded otherwise. */
                                driven: boolean;
                                lastFailure?: {
                                    reason: string;
                                    /** @description Milliseconds since 1970. */
                                    at: number;
                                };
                                /** @description Milliseconds since 1970. */
                                nextTryAt?: number;
                                rejection?: {
                                    code: string;
                                    detail: string;
                                };
                            }[];
                            /** @description All of them fit on one page. */
                            nextCursor: null;
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
    "/v1/admin/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The health of every part */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
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
                            ready: boolean;
                            phase: string;
                            parts: {
                                part: string;
                                ok: boolean;
                                detail?: unknown;
                            }[];
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request cannot be read.
                 *
                 *     `invalid_text`: The text holds characters that cannot be kept.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
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
    "/v1/admin/traces/{traceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the traces of the last while
         * @description One request in a hundred is traced, unless its `traceparent` asks for it.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    traceId: string;
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
                            traceId: string;
                            spans: {
                                name: string;
                                spanId: string;
                                parentSpanId?: string;
                                startedAt: number;
                                durationMs: number;
                                failed: boolean;
                                attributes: {
                                    [key: string]: unknown;
                                };
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
                /** @description `unauthorized`: A token is needed. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: The token does not open this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `not_found`: There is nothing at this address. */
                404: {
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
            code: "malformed_request" | "validation_failed" | "invalid_text" | "invalid_cursor" | "idempotency_key_required" | "unauthorized" | "invalid_signature" | "card_declined" | "forbidden" | "cross_site_request" | "not_found" | "unknown_product" | "unknown_sku" | "unknown_seller" | "unknown_category" | "unknown_cart" | "unknown_line" | "unknown_order" | "unknown_parcel" | "unknown_payment" | "unknown_shipment" | "unknown_account" | "unknown_case" | "unknown_import" | "unknown_run" | "unknown_view" | "method_not_allowed" | "out_of_stock" | "price_changed" | "cart_changed" | "cart_empty" | "cart_full" | "cart_checked_out" | "cart_merged" | "quantity_too_large" | "sku_repeated" | "total_too_large" | "shopper_erased" | "cart_expired" | "category_cycle" | "rows_apart" | "title_missing" | "sku_taken" | "request_expired" | "reservation_lost" | "payment_voided" | "order_not_confirmed" | "order_cancelled" | "product_changed" | "order_shipped" | "nothing_to_ship" | "nothing_to_cancel" | "no_matching_sale" | "capture_exceeds_authorisation" | "processor_refused" | "report_unreadable" | "carrier_refused" | "refund_exceeds_capture" | "step_timed_out" | "idempotency_key_in_use" | "nothing_to_retry" | "case_changed" | "case_closed" | "payload_too_large" | "unsupported_media_type" | "data_misfit" | "idempotency_key_reused" | "app_too_old" | "too_many_requests" | "internal_error" | "upgrade_refused" | "bad_gateway" | "lists_unavailable" | "unavailable" | "gateway_timeout" | "loop_detected";
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
