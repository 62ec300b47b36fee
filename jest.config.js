/** Each layer of tests is a project; `npm run test:unit` runs the first one only. */
const layer = (name) => ({
	displayName: name,
	rootDir: __dirname,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	// svix ships as an ES module only, which Jest cannot load; its own TypeScript source can be.
	moduleNameMapper: { '^svix$': '<rootDir>/node_modules/svix/src/webhook.ts' },
	transformIgnorePatterns: ['/node_modules/(?!svix/src/)'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
});

module.exports = {
	projects: [layer('unit'), layer('contract'), layer('package'), layer('e2e')],
};
