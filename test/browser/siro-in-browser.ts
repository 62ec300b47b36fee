import { packPackage } from '../support/package/pack';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import type { SimulatorOptions } from '../siro';
import { openEditor, startBrowser, type Theme } from './browser';
import type { Editor } from './editor';

/** A Siro, a real n8n and a browser in front of it. */
export interface SiroInBrowser extends SiroAndN8n {
	/** Opens n8n's editor in a window of its own. */
	openEditor: (theme?: Theme) => Promise<Editor>;
}

/** Starts all three. */
export async function startSiroInBrowser(simulator?: SimulatorOptions): Promise<SiroInBrowser> {
	const browser = await startBrowser();
	const world = await startSiroAndN8n({ tarball: await packPackage(), editor: true, simulator });
	return {
		...world,
		openEditor: async (theme = 'light') => await openEditor(browser, world.n8n.url, theme),
		stop: async () => {
			await browser.close();
			await world.stop();
		},
	};
}
