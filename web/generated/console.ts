// Generated from /console/openapi.json by `npm run generate`.

export interface paths {
    "/console/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
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
                            session: {
                                operator: string;
                                /** @description Send it as `x-csrf-token` with every write. */
                                csrfToken: string;
                                /** @description In ms since 1970. */
                                expiresAt: number;
                            } | null;
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
        /** Sign in */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The admin token. */
                        token: string;
                        /** @description Who signs in, as the audit will name them: visible ASCII characters. */
                        operator?: string;
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
                            operator: string;
                            /** @description Send it as `x-csrf-token` with every write. */
                            csrfToken: string;
                            /** @description In ms since 1970. */
                            expiresAt: number;
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
                /**
                 * @description `forbidden`: The token does not open this.
                 *
                 *     `cross_site_request`: The request does not come from one of our own pages.
                 */
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
                /** @description `too_many_requests`: Too many requests. */
                429: {
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
        /** Sign out */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
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
                /** @description `cross_site_request`: The request does not come from one of our own pages. */
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/pulse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last quarter of an hour in steps of two seconds, oldest first */
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
                            beats: {
                                /** @description In ms since 1970. */
                                at: number;
                                ordersPerSecond: number;
                                requestsPerSecond: number;
                                /** @description Answered with a fault (5xx). */
                                failuresPerSecond: number;
                                eventsPerSecond: number;
                                checkoutMs: {
                                    p50: number;
                                    p99: number;
                                } | null;
                                viewLagEvents: number;
                                busBehindEvents: number;
                                /** @description Of 99 in 100 timers. */
                                eventLoopDelayMs: number;
                                /** @description Of one core. */
                                cpuShare: number;
                                memoryBytes: number;
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
    "/console/api/pulse/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each beat as it comes (server-sent events) */
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
                        "text/event-stream": {
                            /** @description In ms since 1970. */
                            at: number;
                            ordersPerSecond: number;
                            requestsPerSecond: number;
                            /** @description Answered with a fault (5xx). */
                            failuresPerSecond: number;
                            eventsPerSecond: number;
                            checkoutMs: {
                                p50: number;
                                p99: number;
                            } | null;
                            viewLagEvents: number;
                            busBehindEvents: number;
                            /** @description Of 99 in 100 timers. */
                            eventLoopDelayMs: number;
                            /** @description Of one core. */
                            cpuShare: number;
                            memoryBytes: number;
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
                /** @description `too_many_requests`: Too many requests. */
                429: {
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
    "/console/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Money, stock and what waits for a person */
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
                            revenue: {
                                currency: string;
                                captured: number;
                                refunded: number;
                                /** @description What the marketplace kept. */
                                commission: number;
                                hours: {
                                    /** @description Milliseconds since 1970. */
                                    start: number;
                                    captured: number;
                                    refunded: number;
                                }[];
                            }[] | null;
                            alerts: {
                                items: {
                                    level: {
                                        sku: string;
                                        onHand: number;
                                        reserved: number;
                                        sold: number;
                                    };
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                    /** @description Milliseconds since 1970. */
                                    since: number;
                                }[];
                                hasMore: boolean;
                            } | null;
                            cases: {
                                service: string;
                                open: number;
                                /** @description Milliseconds since 1970. */
                                oldestOpenedAt?: number;
                            }[] | null;
                            sagas: {
                                inFlight: number;
                                /** @description Longer than a minute. */
                                stuck: number;
                            } | null;
                            breakers: {
                                name: string;
                                state: string;
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
    "/console/api/orders/{orderId}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that the logs say of an order, oldest first */
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
                            shopperId: string;
                            events: {
                                service: string;
                                stream: string;
                                version: number;
                                type: string;
                                /** @description Milliseconds since 1970. */
                                at: number;
                                /** @description A shopper, `seller`, `admin` and which operator, or a service. */
                                actor?: string;
                                /** @description An operator’s own words. */
                                reason?: string;
                                /** @description The saga run or message that led to it. */
                                causation?: string;
                                /** @description The type of the order’s event that led to it. */
                                because?: string;
                                traceId?: string;
                                /** @description Personal data stays sealed. */
                                data: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description What the order has posted to the ledger. */
                            entries: {
                                /** @description Milliseconds since 1970. */
                                at: number;
                                version: number;
                                type: string;
                                /** @description The shipment or the refund. */
                                reference: string;
                                transfers: {
                                    debit: string;
                                    credit: string;
                                    amount: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    };
                                }[];
                            }[];
                            /** @description Streams of which not all could be looked through just now. */
                            incomplete: string[];
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
    "/console/api/sagas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Business transactions in flight, those that wait longest first */
        get: {
            parameters: {
                query: {
                    /** @description `<service>.<saga>` */
                    saga?: string;
                    phase?: "forward" | "compensating";
                    /** @description Only those that wait longer than this. */
                    waitingMs?: number;
                    limit: number;
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
                                /** @description The order that it is about. */
                                orderId?: string;
                                phase: "forward" | "compensating";
                                /** @description All steps of its saga, in order. */
                                steps: string[];
                                /** @description What is asked, or undone. */
                                step: string;
                                /** @description The call whose answer it waits for, `inventory.reserve`. */
                                waitsFor?: string;
                                /** @description How often that was asked without an answer. */
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
                            /** @description How many there are; items are the first of them. */
                            total: number;
                            kinds: {
                                service: string;
                                saga: string;
                                steps: string[];
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
    "/console/api/views": {
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
                            /** @description Milliseconds since 1970. */
                            at: number;
                            items: {
                                service: string;
                                name: string;
                                version: number;
                                generation: number;
                                lagEvents: number;
                                lagMs: number;
                                /** @description Why it applies nothing any more; it serves what it has. */
                                stopped?: string;
                                rebuilding?: {
                                    generation: number;
                                    appliedEvents: number;
                                    totalEvents: number;
                                };
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
    "/console/api/views/{service}/{view}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rebuild a view beside itself while it serves; asking again while it is under way begins no other */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    service: string;
                    view: string;
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
                            lagEvents: number;
                            lagMs: number;
                            /** @description Why it applies nothing any more; it serves what it has. */
                            stopped?: string;
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
                /** @description `unknown_view`: There is no such view. */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health and settings of every part */
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
                                detail?: string;
                            }[];
                            process: {
                                pid: number;
                                version: string;
                                node: string;
                                platform: string;
                                /** @description Milliseconds since 1970. */
                                startedAt: number;
                                uptimeMs: number;
                                memory: {
                                    rssBytes: number;
                                    heapUsedBytes: number;
                                    heapTotalBytes: number;
                                };
                                eventLoop: {
                                    p50Ms: number;
                                    p99Ms: number;
                                    maxMs: number;
                                    /** @description Share of the time since the start in which it was busy. */
                                    utilization: number;
                                };
                            };
                            settings: {
                                name: string;
                                /** @description As it is in force; of a secret only whether there is one. */
                                value: string;
                                secret: boolean;
                                /** @description `kept`: made at the first start and kept in the data folder. */
                                source: "environment" | "default" | "kept" | "topology";
                            }[];
                            services: {
                                name: string;
                                kind: "service" | "integration";
                                settings: {
                                    name: string;
                                    /** @description As it is in force; of a secret only whether there is one. */
                                    value: string;
                                    secret: boolean;
                                    /** @description `kept`: made at the first start and kept in the data folder. */
                                    source: "environment" | "default" | "kept" | "topology";
                                }[];
                                log?: {
                                    partitions: number;
                                    epoch: string;
                                    events: number;
                                };
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
    "/console/api/topology": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The running composition with its live traffic */
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
                            /** @description Milliseconds since 1970. */
                            at: number;
                            name: string;
                            nodes: {
                                id: string;
                                name: string;
                                kind: "clients" | "edge" | "service" | "database" | "bus" | "partner";
                                ok: boolean;
                                note?: string;
                            }[];
                            edges: {
                                from: string;
                                to: string;
                                kind: "requests" | "calls" | "commits" | "publishes" | "hears";
                                /** @description Over the last ten seconds. */
                                perSecond: number;
                                /** @description Of those: faults (5xx), or calls that came to no answer. */
                                errorShare: number;
                                /** @description Since the start. */
                                total: number;
                                /** @description `closed`, `half_open` or `open`. */
                                breaker?: string;
                                /** @description Events not heard yet. */
                                behind?: number;
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
