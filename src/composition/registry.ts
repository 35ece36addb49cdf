import { fileURLToPath } from 'node:url';
import type { IntegrationDefinition, ServiceDefinition } from '../platform/service/port.ts';

/** Every service that a topology may name, loaded when it is. */
export const services: Readonly<Record<string, () => Promise<ServiceDefinition>>> = {
  catalog: async () => (await import('../services/catalog/service.ts')).catalogService,
  search: async () => (await import('../services/search/service.ts')).searchService,
  inventory: async () => (await import('../services/inventory/service.ts')).inventoryService,
  cart: async () => (await import('../services/cart/service.ts')).cartService,
  orders: async () => (await import('../services/orders/service.ts')).ordersService,
  payments: async () => (await import('../services/payments/service.ts')).paymentsService,
  shipping: async () => (await import('../services/shipping/service.ts')).shippingService,
};

/** Every integration that a topology may name. */
export const integrations: Readonly<Record<string, () => Promise<IntegrationDefinition>>> = {
  'card-processor': async () =>
    (await import('../integrations/card-processor/integration.ts')).cardProcessorIntegration,
  carrier: async () => (await import('../integrations/carrier/integration.ts')).carrierIntegration,
  'seller-autopilot': async () =>
    (await import('../integrations/seller-autopilot/integration.ts')).sellerAutopilotIntegration,
};

/** An integration runs in the process that leads the service that needs it most, beside it. */
export const besides: Readonly<Record<string, string>> = {
  'card-processor': 'payments',
  carrier: 'shipping',
  'seller-autopilot': 'orders',
};

/** What the simulator of another company's system is told, and what its integration must know beside its address. */
export interface SimulatorContext {
  /** The shop's own address. */
  readonly shopUrl: string;
  /** A secret of this shop for a purpose. */
  readonly secretFor: (purpose: string) => string;
}

export interface Simulator {
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Integrations whose other side can be simulated by a program beside the shop. */
export const simulators: Readonly<Record<string, (context: SimulatorContext) => Simulator>> = {
  'card-processor': () => ({
    entry: entryOf('card-processor'),
    args: [],
    env: {},
    settings: {},
  }),
  carrier: ({ shopUrl, secretFor }) => {
    const webhookSecret = secretFor('carrier webhooks');
    return {
      entry: entryOf('carrier'),
      args: ['--webhook', `${shopUrl}/v1/webhooks/carrier`],
      env: { CARRIER_WEBHOOK_SECRET: webhookSecret },
      settings: { webhookSecret },
    };
  },
};

/** The names that exist. */
export const known = {
  services: Object.keys(services),
  integrations: Object.keys(integrations),
  simulators: Object.keys(simulators),
  edges: ['api', 'web', 'console', 'ios', 'android'],
  besides,
};

function entryOf(integration: string): string {
  return fileURLToPath(new URL(`../integrations/${integration}/simulator/main.ts`, import.meta.url));
}
