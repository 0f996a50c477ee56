// Builds the prebuilt JupyterLab extension into src/breakfix/ui/breakfix: one script, named after
// its content, the small one that fetches it elsewhere, and the package.json by which JupyterLab
// finds it. Same source, same bytes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, '../src/breakfix/ui/breakfix');
const messages = join(here, '../src/breakfix/messages');
const own = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

/** The sentences for when our server part does not answer, the only ones that travel in the script. */
function offline(language) {
  const text = readFileSync(join(messages, `${language}.toml`), 'utf8');
  const section = text.split(/^\[/m).find(part => part.startsWith('offline]'));
  if (!section) {
    throw new Error(`messages/${language}.toml has no section [offline]`);
  }
  const pairs = [...section.matchAll(/^([a-z-]+) = (".*")$/gm)];
  return Object.fromEntries(pairs.map(([, key, value]) => [`offline.${key}`, JSON.parse(value)]));
}

const styles = await build({
  entryPoints: [join(here, 'style/index.css')],
  bundle: true,
  minify: true,
  write: false,
  logLevel: 'warning',
});

const script = await build({
  entryPoints: [join(here, 'src/jupyter/container.ts')],
  absWorkingDir: here,
  bundle: true,
  format: 'iife',
  target: 'es2022',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  logLevel: 'warning',
  define: {
    __STYLE__: JSON.stringify(styles.outputFiles[0].text),
    __OFFLINE__: JSON.stringify({ nl: offline('nl'), en: offline('en') }),
  },
});

const widget = await build({
  entryPoints: [join(here, 'src/widget/loader.ts')],
  absWorkingDir: here,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  write: false,
  logLevel: 'warning',
});

const code = script.outputFiles[0].contents;
const name = `breakfix.${createHash('sha256').update(code).digest('hex').slice(0, 12)}.js`;

const licences = Object.keys(own.dependencies)
  .sort()
  .map(library => {
    const folder = join(here, 'node_modules', library);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return `${library} ${version}\n\n${readFileSync(join(folder, 'LICENSE'), 'utf8').trim()}\n`;
  });

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, 'static'), { recursive: true });
writeFileSync(join(target, 'static', name), code);
mkdirSync(join(target, 'static', 'widget'));
writeFileSync(join(target, 'static', 'widget', 'loader.js'), widget.outputFiles[0].contents);
writeFileSync(join(target, 'static', 'LICENSES.txt'), licences.join('\n----\n\n'));
writeFileSync(
  join(target, 'package.json'),
  `${JSON.stringify(
    {
      name: 'breakfix',
      version: own.version,
      description: own.description,
      license: own.license,
      // What `jupyter labextension list` compares with the JupyterLab that is there.
      dependencies: { '@jupyterlab/application': '^4.0.0' },
      jupyterlab: {
        extension: true,
        mimeExtension: true,
        _build: {
          load: `static/${name}`,
          extension: './extension',
          mimeExtension: './mimeExtension',
        },
      },
    },
    null,
    2,
  )}\n`,
);
console.log(`ui: ${name}, ${Math.round(code.length / 1024)} KiB`);
