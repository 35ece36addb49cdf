import { queryOptions } from '@tanstack/react-query';
import type { paths } from '../../../generated/api.ts';
import type { paths as consolePaths } from '../../../generated/console.ts';
import { adminApi, answerOf, consoleApi } from '../../server/client.ts';

/** An order as it stands now; asked again while something may still happen to it. */
export function orderQuery(orderId: string) {
  return queryOptions({
    queryKey: ['order', orderId],
    queryFn: () => answerOf(adminApi.GET('/v1/admin/orders/{orderId}', { params: { path: { orderId } } })),
    refetchInterval: ({ state }) => (isOver(state.data?.status) ? false : 3_000),
  });
}

/** What the logs say of it. */
export function orderLogQuery(orderId: string) {
  return queryOptions({
    queryKey: ['order', orderId, 'log'],
    queryFn: () => answerOf(consoleApi.GET('/console/api/orders/{orderId}/log', { params: { path: { orderId } } })),
    refetchInterval: 3_000,
  });
}

function isOver(status: string | undefined): boolean {
  return status === 'delivered' || status === 'cancelled';
}

type Order = paths['/v1/admin/orders/{orderId}'];
export type ShownOrder = Order['get']['responses'][200]['content']['application/json'];

type Log = consolePaths['/console/api/orders/{orderId}/log'];
export type OrderLog = Log['get']['responses'][200]['content']['application/json'];
