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
    "/web/v1/cart/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many pieces are in the cart at hand */
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
                            state: "none" | "open" | "bought" | "lost" | "expired";
                            cartId: string | null;
                            count: number;
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
    "/web/v1/{lang}/cart/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put more of a SKU into the cart; the first line opens one */
        post: {
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
                            state: "none" | "open" | "bought" | "lost" | "expired";
                            cartId: string | null;
                            orderId: string | null;
                            currency: string;
                            count: number;
                            parcels: {
                                sellerId: string;
                                seller: string | null;
                                lines: {
                                    sku: string;
                                    quantity: number;
                                    productId: string | null;
                                    title: string | null;
                                    image: string | null;
                                    options: {
                                        name: string;
                                        value: string;
                                    }[];
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    priceBefore: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
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
                                pricesIncludeTax: boolean;
                            }[];
                            gone: {
                                sku: string;
                                quantity: number;
                                productId: string | null;
                                title: string | null;
                                image: string | null;
                                options: {
                                    name: string;
                                    value: string;
                                }[];
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                                unitPrice: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                lineTotal: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                priceBefore: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
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
                /** @description `cross_site_request`: The request does not come from one of our own pages. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unknown_sku`: There is no such SKU on sale. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `cart_full`: The cart holds as many lines as it can.
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
    "/web/v1/{lang}/cart/lines/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a SKU out of the cart */
        delete: {
            parameters: {
                query?: {
                    currency?: "KRW" | "USD" | "EUR" | "GBP";
                };
                header?: never;
                path: {
                    lang: "en" | "ko";
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
                            state: "none" | "open" | "bought" | "lost" | "expired";
                            cartId: string | null;
                            orderId: string | null;
                            currency: string;
                            count: number;
                            parcels: {
                                sellerId: string;
                                seller: string | null;
                                lines: {
                                    sku: string;
                                    quantity: number;
                                    productId: string | null;
                                    title: string | null;
                                    image: string | null;
                                    options: {
                                        name: string;
                                        value: string;
                                    }[];
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    priceBefore: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
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
                                pricesIncludeTax: boolean;
                            }[];
                            gone: {
                                sku: string;
                                quantity: number;
                                productId: string | null;
                                title: string | null;
                                image: string | null;
                                options: {
                                    name: string;
                                    value: string;
                                }[];
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                                unitPrice: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                lineTotal: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                priceBefore: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
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
                 * @description `cross_site_request`: The request does not come from one of our own pages.
                 *
                 *     `forbidden`: The token does not open this.
                 */
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
                /** @description `cart_checked_out`: The cart has been checked out. */
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
        options?: never;
        head?: never;
        /** Set how many of a SKU are in the cart */
        patch: {
            parameters: {
                query?: {
                    currency?: "KRW" | "USD" | "EUR" | "GBP";
                };
                header?: never;
                path: {
                    lang: "en" | "ko";
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
                            state: "none" | "open" | "bought" | "lost" | "expired";
                            cartId: string | null;
                            orderId: string | null;
                            currency: string;
                            count: number;
                            parcels: {
                                sellerId: string;
                                seller: string | null;
                                lines: {
                                    sku: string;
                                    quantity: number;
                                    productId: string | null;
                                    title: string | null;
                                    image: string | null;
                                    options: {
                                        name: string;
                                        value: string;
                                    }[];
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    priceBefore: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
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
                                pricesIncludeTax: boolean;
                            }[];
                            gone: {
                                sku: string;
                                quantity: number;
                                productId: string | null;
                                title: string | null;
                                image: string | null;
                                options: {
                                    name: string;
                                    value: string;
                                }[];
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                                unitPrice: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                lineTotal: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                priceBefore: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
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
                 * @description `cross_site_request`: The request does not come from one of our own pages.
                 *
                 *     `forbidden`: The token does not open this.
                 */
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
                /** @description `cart_checked_out`: The cart has been checked out. */
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
    "/web/v1/{lang}/cart/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a new cart with these lines, in place of one that is lost, expired or in another currency */
        post: {
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
            requestBody: {
                content: {
                    "application/json": {
                        lines: {
                            sku: string;
                            quantity: number;
                        }[];
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
                            cart: {
                                state: "none" | "open" | "bought" | "lost" | "expired";
                                cartId: string | null;
                                orderId: string | null;
                                currency: string;
                                count: number;
                                parcels: {
                                    sellerId: string;
                                    seller: string | null;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                        productId: string | null;
                                        title: string | null;
                                        image: string | null;
                                        options: {
                                            name: string;
                                            value: string;
                                        }[];
                                        availability: "in_stock" | "low_stock" | "out_of_stock";
                                        unitPrice: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        } | null;
                                        lineTotal: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        } | null;
                                        priceBefore: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        } | null;
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
                                    pricesIncludeTax: boolean;
                                }[];
                                gone: {
                                    sku: string;
                                    quantity: number;
                                    productId: string | null;
                                    title: string | null;
                                    image: string | null;
                                    options: {
                                        name: string;
                                        value: string;
                                    }[];
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    priceBefore: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
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
                            };
                            /** @description SKUs that are not sold in this currency. */
                            skipped: string[];
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
                /** @description `cross_site_request`: The request does not come from one of our own pages. */
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
    "/web/v1/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Buy a cart of this browser’s; with one key it is one order, however often it is asked */
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
                        cartId: string;
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
                /** @description OK */
                200: {
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
                /**
                 * @description `cross_site_request`: The request does not come from one of our own pages.
                 *
                 *     `forbidden`: The token does not open this.
                 */
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
                 *     `unknown_seller`: There is no such seller.
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
                 *     `cart_empty`: The cart is empty.
                 *
                 *     `cart_changed`: The cart has changed since it was read.
                 *
                 *     `out_of_stock`: There is not enough in stock.
                 *
                 *     `price_changed`: The total is no longer what was expected.
                 *
                 *     `total_too_large`: The order costs more than one order may.
                 *
                 *     `order_cancelled`: The order has been cancelled.
                 *
                 *     `sku_repeated`: A SKU stands in two lines of one order.
                 *
                 *     `request_expired`: The request came too late.
                 *
                 *     `reservation_lost`: The reservation is no longer held.
                 *
                 *     `payment_voided`: The payment has been voided.
                 *
                 *     `processor_refused`: The card processor refused.
                 *
                 *     `step_timed_out`: A partner did not answer in time.
                 *
                 *     `idempotency_key_in_use`: A request with this Idempotency-Key is under way.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `cart_expired`: The cart has expired.
                 *
                 *     `shopper_erased`: The shopper has been erased.
                 */
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
    "/web/v1/{lang}/orders/{orderId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order of this browser’s as it changes (server-sent events) */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    lang: "en" | "ko";
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
    "/web/v1/{lang}/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the words typed so far may become */
        get: {
            parameters: {
                query: {
                    q: string;
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
                            products: {
                                productId: string;
                                title: string;
                                image: string | null;
                                price: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                            }[];
                            categories: {
                                categoryId: string;
                                name: string;
                            }[];
                            total: number;
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
    "/web/v1/{lang}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The front page */
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
                            newest: {
                                productId: string;
                                title: string;
                                image: string | null;
                                price: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                hasDearer: boolean;
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                                seller: string | null;
                                colours: string[];
                            }[];
                            popular: {
                                productId: string;
                                title: string;
                                image: string | null;
                                price: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                hasDearer: boolean;
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                                seller: string | null;
                                colours: string[];
                            }[];
                            categories: {
                                categoryId: string;
                                name: string;
                                image: string | null;
                            }[];
                            sellers: {
                                sellerId: string;
                                name: string;
                                products: number;
                                images: string[];
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
    "/web/v1/{lang}/c/{categoryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a category lists */
        get: {
            parameters: {
                query?: {
                    sort?: string;
                    page?: string;
                    seller?: string;
                    available?: string;
                    from?: string;
                    to?: string;
                    in?: string;
                    option?: string[];
                    currency?: "KRW" | "USD" | "EUR" | "GBP";
                };
                header?: never;
                path: {
                    lang: "en" | "ko";
                    categoryId: string;
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
                            categoryId: string;
                            name: string;
                            within: {
                                categoryId: string;
                                name: string;
                            }[];
                            below: {
                                categoryId: string;
                                name: string;
                            }[];
                            listing: {
                                products: {
                                    productId: string;
                                    title: string;
                                    image: string | null;
                                    price: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    hasDearer: boolean;
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                    seller: string | null;
                                    colours: string[];
                                }[];
                                total: number;
                                page: number;
                                pages: number;
                                sort: string;
                                narrowed: number;
                                available: boolean;
                                from: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                to: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                facets: {
                                    categories: {
                                        value: string;
                                        name: string;
                                        count: number;
                                        isChosen: boolean;
                                    }[];
                                    sellers: {
                                        value: string;
                                        name: string;
                                        count: number;
                                        isChosen: boolean;
                                    }[];
                                    available: number;
                                    options: {
                                        name: string;
                                        values: {
                                            value: string;
                                            name: string;
                                            count: number;
                                            isChosen: boolean;
                                        }[];
                                    }[];
                                    price: {
                                        lowest: number;
                                        highest: number;
                                        currency: string;
                                    } | null;
                                } | null;
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
    "/web/v1/{lang}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Products by words */
        get: {
            parameters: {
                query?: {
                    q?: string;
                    sort?: string;
                    page?: string;
                    seller?: string;
                    available?: string;
                    from?: string;
                    to?: string;
                    in?: string;
                    option?: string[];
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
                            q: string;
                            seller: string | null;
                            listing: {
                                products: {
                                    productId: string;
                                    title: string;
                                    image: string | null;
                                    price: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    hasDearer: boolean;
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                    seller: string | null;
                                    colours: string[];
                                }[];
                                total: number;
                                page: number;
                                pages: number;
                                sort: string;
                                narrowed: number;
                                available: boolean;
                                from: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                to: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                facets: {
                                    categories: {
                                        value: string;
                                        name: string;
                                        count: number;
                                        isChosen: boolean;
                                    }[];
                                    sellers: {
                                        value: string;
                                        name: string;
                                        count: number;
                                        isChosen: boolean;
                                    }[];
                                    available: number;
                                    options: {
                                        name: string;
                                        values: {
                                            value: string;
                                            name: string;
                                            count: number;
                                            isChosen: boolean;
                                        }[];
                                    }[];
                                    price: {
                                        lowest: number;
                                        highest: number;
                                        currency: string;
                                    } | null;
                                } | null;
                            };
                            instead: {
                                productId: string;
                                title: string;
                                image: string | null;
                                price: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                hasDearer: boolean;
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                                seller: string | null;
                                colours: string[];
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
                            related: {
                                productId: string;
                                title: string;
                                image: string | null;
                                price: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                hasDearer: boolean;
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                                seller: string | null;
                                colours: string[];
                            }[];
                            fromSeller: {
                                productId: string;
                                title: string;
                                image: string | null;
                                price: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                hasDearer: boolean;
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                                seller: string | null;
                                colours: string[];
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
    "/web/v1/{lang}/cart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cart */
        get: {
            parameters: {
                query?: {
                    problem?: string;
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
                            state: "none" | "open" | "bought" | "lost" | "expired";
                            cartId: string | null;
                            orderId: string | null;
                            currency: string;
                            count: number;
                            parcels: {
                                sellerId: string;
                                seller: string | null;
                                lines: {
                                    sku: string;
                                    quantity: number;
                                    productId: string | null;
                                    title: string | null;
                                    image: string | null;
                                    options: {
                                        name: string;
                                        value: string;
                                    }[];
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    priceBefore: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
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
                                pricesIncludeTax: boolean;
                            }[];
                            gone: {
                                sku: string;
                                quantity: number;
                                productId: string | null;
                                title: string | null;
                                image: string | null;
                                options: {
                                    name: string;
                                    value: string;
                                }[];
                                availability: "in_stock" | "low_stock" | "out_of_stock";
                                unitPrice: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                lineTotal: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                priceBefore: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
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
    "/web/v1/{lang}/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checkout of the cart at hand */
        get: {
            parameters: {
                query?: {
                    country?: string;
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
                            cart: {
                                state: "none" | "open" | "bought" | "lost" | "expired";
                                cartId: string | null;
                                orderId: string | null;
                                currency: string;
                                count: number;
                                parcels: {
                                    sellerId: string;
                                    seller: string | null;
                                    lines: {
                                        sku: string;
                                        quantity: number;
                                        productId: string | null;
                                        title: string | null;
                                        image: string | null;
                                        options: {
                                            name: string;
                                            value: string;
                                        }[];
                                        availability: "in_stock" | "low_stock" | "out_of_stock";
                                        unitPrice: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        } | null;
                                        lineTotal: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        } | null;
                                        priceBefore: {
                                            /** @description Whole minor units. */
                                            amount: number;
                                            currency: string;
                                        } | null;
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
                                    pricesIncludeTax: boolean;
                                }[];
                                gone: {
                                    sku: string;
                                    quantity: number;
                                    productId: string | null;
                                    title: string | null;
                                    image: string | null;
                                    options: {
                                        name: string;
                                        value: string;
                                    }[];
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                    unitPrice: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    lineTotal: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
                                    priceBefore: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
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
                            };
                            country: string;
                            countries: {
                                code: string;
                                name: string;
                            }[];
                            cards: string[];
                            key: string;
                            values: {
                                email: string;
                                name: string;
                                line1: string;
                                line2: string;
                                city: string;
                                postalCode: string;
                                country: string;
                                card: string;
                            } | null;
                            problem: {
                                code: string;
                                sku: string | null;
                                available: number | null;
                                expected: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                actual: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                } | null;
                                orderId: string | null;
                                fields: string[];
                            } | null;
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
    "/web/v1/{lang}/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order of this browser’s */
        get: {
            parameters: {
                query?: {
                    currency?: "KRW" | "USD" | "EUR" | "GBP";
                };
                header?: never;
                path: {
                    lang: "en" | "ko";
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
                            order: {
                                orderId: string;
                                status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                                isFinal: boolean;
                                cancelRequested: boolean;
                                reason: string | null;
                                placedAt: number;
                                confirmedAt: number | null;
                                shippedAt: number | null;
                                deliveredAt: number | null;
                                cancelledAt: number | null;
                                parcels: {
                                    parcelId: string;
                                    seller: string | null;
                                    lines: {
                                        sku: string;
                                        productId: string;
                                        title: string;
                                        image: string | null;
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
                                    state: "waiting" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                                    shippedAt: number | null;
                                    deliveredAt: number | null;
                                    refunded: {
                                        /** @description Whole minor units. */
                                        amount: number;
                                        currency: string;
                                    } | null;
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
                                contact: {
                                    email: string;
                                    address: {
                                        name: string;
                                        line1: string;
                                        line2?: string;
                                        city: string;
                                        postalCode: string;
                                        /** @description ISO 3166-1 alpha-2. */
                                        country: string;
                                    };
                                } | null;
                                version: number;
                            } | null;
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
    "/web/v1/{lang}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this browser has bought */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
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
                            orders: {
                                orderId: string;
                                status: "placed" | "confirmed" | "partially_shipped" | "shipped" | "delivered" | "cancelled";
                                placedAt: number;
                                total: {
                                    /** @description Whole minor units. */
                                    amount: number;
                                    currency: string;
                                };
                                pieces: number;
                                titles: string[];
                                images: string[];
                            }[];
                            nextCursor: string | null;
                            isFirst: boolean;
                            isLost: boolean;
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
