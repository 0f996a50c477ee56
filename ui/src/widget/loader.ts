// The panel as an anywidget, for front ends without JupyterLab's extensions (Voila): it fetches the
// same script from the Jupyter server and draws the same panel, whose socket needs no kernel.

interface Model {
  get(name: 'slug' | 'version' | 'elsewhere'): string;
}

interface Panels {
  mountPanel(host: HTMLElement, options: { slug: string; notebook: string }): () => void;
}

interface Script {
  get(name: './panel'): Promise<() => { default: Panels }>;
}

/** Draw the panel in `el`; where no server of ours answers, a sentence says where it does work. */
async function render({ model, el }: { model: Model; el: HTMLElement }): Promise<() => void> {
  try {
    const panels = await load(model.get('version'));
    return panels.mountPanel(el, { slug: model.get('slug'), notebook: notebook() });
  } catch {
    el.textContent = model.get('elsewhere');
    return () => undefined;
  }
}

async function load(version: string): Promise<Panels> {
  const script = loaded() ?? (await fetched(version));
  return (await script.get('./panel'))().default;
}

function loaded(): Script | undefined {
  return (window as { _JUPYTERLAB?: { breakfix?: Script } })._JUPYTERLAB?.breakfix;
}

/** Two panels on a page may ask at the same time; the script does no harm twice. */
function fetched(version: string): Promise<Script> {
  const element = document.createElement('script');
  element.src = new URL(`breakfix/panel.js?v=${version}`, base()).href;
  return new Promise((done, failed) => {
    element.onload = () => {
      const script = loaded();
      if (script) {
        done(script);
      } else {
        failed(new Error('the script is not ours'));
      }
    };
    element.onerror = () => failed(new Error('nothing of ours answers'));
    document.head.append(element);
  });
}

/** The address of the Jupyter server. */
function base(): URL {
  const told = document.getElementById('jupyter-config-data')?.textContent ?? '{}';
  const { baseUrl } = JSON.parse(told) as { baseUrl?: string };
  return new URL(baseUrl ?? '/', location.href);
}

/** The notebook that Voila shows, by the address: an assignment is known by its folder. */
function notebook(): string {
  const address = decodeURIComponent(location.pathname);
  return /\/voila\/render\/(.+\.ipynb)$/.exec(address)?.[1] ?? '';
}

export default { render };
