import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HOST } from './addresses.ts';
import { smallJvm } from './java-options.ts';
import type { Ports } from './port.ts';

/** The port that clients use, and what the next is for. */
export const nodePorts = { name: 'opensearch', port: 9200, ports: ['main', 'transport'] } as const;

/** The class that runs a node, and its jar: the JVM archives classes of jars alone. */
export const NODE_CLASS = 'LocalNode';
export const NODE_JAR = 'local-node.jar';

/** The modules of the distribution that an application's index needs, each a plugin class of the libraries. */
const PLUGINS = [
  'analysis.common.CommonAnalysisModulePlugin',
  'index.reindex.ReindexModulePlugin',
  'index.mapper.MapperExtrasModulePlugin',
  'join.ParentJoinModulePlugin',
  'percolator.PercolatorModulePlugin',
  'painless.PainlessModulePlugin',
  'script.expression.ExpressionModulePlugin',
  'script.mustache.MustacheModulePlugin',
  'ingest.common.IngestCommonModulePlugin',
  'index.rankeval.RankEvalModulePlugin',
  'transport.Netty4ModulePlugin',
  'plugin.analysis.nori.AnalysisNoriPlugin',
];

/** Starts a node inside its own process: what the distribution's launcher does, for the libraries that Maven Central has. */
export const NODE_SOURCE = `
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.plugins.Plugin;

public class LocalNode {
  public static void main(String[] args) throws Exception {
    Settings.Builder settings = Settings.builder().put("path.home", args[0]);
    List<Class<? extends Plugin>> plugins = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      if (equals < 0) plugins.add(Class.forName("org.opensearch." + args[i]).asSubclass(Plugin.class));
      else settings.put(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    OpenSearchRunnerNode node =
        new OpenSearchRunnerNode(new Environment(settings.build(), Path.of(args[0], "config")), plugins);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try { node.close(); } catch (Exception e) { e.printStackTrace(); }
    }));
    node.start();
    Thread.currentThread().join();
  }
}
`;

/** How a node is run. */
export interface NodePlan {
  readonly java: string;
  readonly memoryMb: number;
  /** Where its libraries are, and their class archive when there is one. */
  readonly installed: string;
  /** Its data and configuration. */
  readonly folder: string;
  readonly ports: Ports;
  readonly settings: Readonly<Record<string, string>>;
  /** Further options of the JVM. */
  readonly options?: readonly string[];
}

/** The command that runs one node. */
export function nodeCommand({ java, memoryMb, installed, folder, ports, settings, options = [] }: NodePlan) {
  const told = Object.entries({
    ...{ 'cluster.name': 'local', 'node.name': 'node-1', 'network.host': HOST, 'discovery.type': 'single-node' },
    ...{ 'http.port': ports.main, 'transport.port': ports.transport },
    ...{ 'http.type': 'netty4', 'transport.type': 'netty4' },
    'cluster.routing.allocation.disk.threshold_enabled': false,
    ...settings,
  });
  const archive = archiveOf(installed);
  return [
    ...([java, ...smallJvm(memoryMb)] as [string, ...string[]]),
    ...(existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`] : []),
    ...options,
    ...['--enable-native-access=ALL-UNNAMED', '-cp', join(installed, 'lib', '*')],
    ...[NODE_CLASS, folder, ...told.map(([name, value]) => `${name}=${value}`), ...PLUGINS],
  ] as const;
}

/** Whether a node at this port takes requests. */
export function healthOf({ main }: Ports): string {
  return `http://${HOST}:${main}/_cluster/health?wait_for_status=yellow&timeout=1s`;
}

/** Where the classes lie as the JVM wants them in memory. */
export function archiveOf(installed: string): string {
  return join(installed, 'classes.jsa');
}
