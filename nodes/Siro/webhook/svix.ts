/**
 * Svix's official library, reduced to what verifies a signature. The build bundles it into this very
 * file, because n8n's community packages have no runtime dependencies.
 */
export { Webhook } from 'svix';
