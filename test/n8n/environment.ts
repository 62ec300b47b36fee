import { pathWithNode } from '../support/package/node-runtime';
import type { N8nSeries } from './install';

interface N8nEnvironment {
	series: N8nSeries;
	userFolder: string;
	port: number;
	taskBrokerPort: number;
	/** Serve n8n's editor as well; tests do without, which saves its start 50 MB of copying. */
	editor: boolean;
}

/**
 * The whole environment of an n8n process. Nothing is inherited: neither n8n settings of the
 * person who runs the tests, nor a proxy, nor what npm sets for its scripts.
 */
export function n8nEnvironment(options: N8nEnvironment): Record<string, string> {
	const { series, userFolder, port, taskBrokerPort, editor } = options;
	return {
		PATH: pathWithNode(),
		HOME: userFolder,
		TMPDIR: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		// Where a worker answers, which it does in queue mode only.
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(taskBrokerPort),
		N8N_DISABLE_UI: String(!editor),
		N8N_SECURE_COOKIE: 'false',
		N8N_PUBLIC_API_DISABLED: 'true',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		// The Siro simulator listens on loopback, which that protection would refuse.
		N8N_SSRF_PROTECTION_ENABLED: 'false',
		...NO_TRAFFIC_BEYOND_LOOPBACK,
		// Fetches a list of MCP servers at every start; n8n 1 does not know it.
		...(series === '2' ? { N8N_DISABLED_MODULES: 'mcp-registry' } : {}),
		...NO_DEPRECATION_NOTICES,
	};
}

const NO_TRAFFIC_BEYOND_LOOPBACK = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

/** Defaults that n8n wants to have set explicitly before it changes them. */
const NO_DEPRECATION_NOTICES = {
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_RUNNERS_TASK_TIMEOUT: '60',
	N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: '268435456',
	N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '1000',
};
