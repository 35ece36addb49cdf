import type { ThresholdOfGateway } from '../gateway/routes.ts';

const ANSWERS = 'jangteo_http_request_duration_seconds';
const WINDOW = '5m';

/** Alert rules of the gateways' own thresholds, as a file of Prometheus (JSON, which is YAML). */
export function gatewayRules(thresholds: readonly ThresholdOfGateway[]): string {
  const rules = thresholds.flatMap(rulesOf);
  return `${JSON.stringify({ groups: [{ name: 'gateways', rules }] }, null, 2)}\n`;
}

function rulesOf({ gateway, route, errorRatio, shedRatio, p99Seconds, forSeconds }: ThresholdOfGateway): object[] {
  const ofRoute = route === undefined ? '' : `,route=${JSON.stringify(route)}`;
  const answers = `process="${gateway}"${ofRoute}`;
  const all = `(sum(rate(${ANSWERS}_count{${answers}}[${WINDOW}])) > 0)`;
  const [where, whereKo] = route === undefined ? ['', ''] : [` on ${route}`, `의 ${route} 경로`];
  const rule = (alert: string, expr: string, says: string, saysKo: string) => ({
    ...{ alert, expr, for: `${forSeconds}s` },
    labels: { severity: 'ticket', gateway, ...(route !== undefined && { route }) },
    annotations: {
      summary: `${gateway}${where}: ${says}`,
      summary_ko: `${gateway}${whereKo}: ${saysKo}`,
      description: 'The threshold is that of the route table (topologies/routes).',
      runbook_url: `docs/runbooks/${alert}.md`,
    },
  });
  return [
    ...(errorRatio === undefined
      ? []
      : [
          rule(
            'GatewayErrors',
            `sum(rate(${ANSWERS}_count{${answers},status=~"5.."}[${WINDOW}])) / ${all} > ${errorRatio}`,
            '{{ $value | humanizePercentage }} of the answers are errors of ours.',
            '응답의 {{ $value | humanizePercentage }}가 우리 쪽 오류입니다.',
          ),
        ]),
    ...(shedRatio === undefined
      ? []
      : [
          rule(
            'GatewayShedding',
            `sum(rate(jangteo_gateway_shed_total{gateway="${gateway}"${ofRoute}}[${WINDOW}])) / ${all} > ${shedRatio}`,
            '{{ $value | humanizePercentage }} of the requests are turned away.',
            '요청의 {{ $value | humanizePercentage }}를 거절하고 있습니다.',
          ),
        ]),
    ...(p99Seconds === undefined
      ? []
      : [
          rule(
            'GatewayLatency',
            `histogram_quantile(0.99, sum by (le) (rate(${ANSWERS}_bucket{${answers}}[${WINDOW}]))) > ${p99Seconds}`,
            'one in a hundred requests takes more than {{ $value | humanizeDuration }}.',
            '요청 백 건 중 한 건이 {{ $value | humanizeDuration }} 넘게 걸립니다.',
          ),
        ]),
  ];
}
