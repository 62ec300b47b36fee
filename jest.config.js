require('./test/support/loopback-without-proxy.cjs');

/** Each layer of tests is a project; `npm run test:unit` runs the first one only. */
const layer = (name, settings) => ({
	displayName: name,
	rootDir: __dirname,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	// svix ships as an ES module only, which Jest cannot load; its own TypeScript source can be.
	moduleNameMapper: {
		'^svix$': '<rootDir>/node_modules/svix/src/webhook.ts',
	},
	transformIgnorePatterns: ['/node_modules/(?!svix/src/)'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }],
	},
	...settings,
});

/** Packs the package, and installs n8n and its scanner, before the first test. */
const WITH_PACKAGE = { globalSetup: '<rootDir>/test/support/package/prepare-tests.ts' };

module.exports = {
	projects: [
		layer('unit'),
		layer('security'),
		layer('contract'),
		layer('package', WITH_PACKAGE),
		layer('e2e', WITH_PACKAGE),
		layer('browser', WITH_PACKAGE),
		layer('soak', WITH_PACKAGE),
	],
};
