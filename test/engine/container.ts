/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import './environment';

import { createRequire } from 'node:module';

const requireAsCore: NodeJS.Require = createRequire(require.resolve('n8n-core'));

// npm may install several copies of these packages. The services of n8n-core live in the container
// of the copy that n8n-core itself loads, so they are loaded from where it stands.
const dependencyInjection: typeof import('@n8n/di') = requireAsCore('@n8n/di');
const backendCommon: typeof import('@n8n/backend-common') = requireAsCore('@n8n/backend-common');

/** The dependency container that holds n8n-core's services. */
export const { Container } = dependencyInjection;

/** The class of the logger that nodes get as `this.logger`. */
export const { Logger } = backendCommon;
