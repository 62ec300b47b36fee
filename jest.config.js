/** Each layer of tests is a project; `npm run test:unit` runs the first one only. */
const layer = (name) => ({
	displayName: name,
	rootDir: __dirname,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
});

module.exports = {
	projects: [layer('unit'), layer('contract'), layer('package'), layer('e2e')],
};
