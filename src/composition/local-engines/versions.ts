/** What `install` brings. Debian's packages have the version of the machine's Debian. */
export const versions = {
  alertmanager: 'debian',
  consul: '1.20.6',
  ecj: '3.44.0',
  envoy: '1.40.0',
  eureka: '5.0.2',
  haproxy: 'debian',
  jaeger: '1.76.0',
  /** The Java that is fetched where the machine has none or one too old. */
  java: '25.0.2.1',
  kafka: '4.4.0',
  mariadb: 'debian',
  nginx: 'debian',
  opensearch: '3.8.0',
  otelcol: '0.140.1',
  prometheus: 'debian',
  redis: 'debian',
  slf4jOfKafka: '1.7.36',
  slf4jOfOpensearch: '2.0.17',
  springBoot: '4.0.7',
  toxiproxy: '2.5.0',
  zipkin: '3.6.1',
} as const;
