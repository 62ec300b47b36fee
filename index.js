/** The built classes, for people who load the package in code. n8n itself reads `package.json`. */
const { SiroApi } = require('./dist/credentials/SiroApi.credentials.js');
const { Siro } = require('./dist/nodes/Siro/Siro.node.js');
const { SiroPollingTrigger } = require('./dist/nodes/Siro/SiroPollingTrigger.node.js');
const { SiroTrigger } = require('./dist/nodes/Siro/SiroTrigger.node.js');

module.exports = { Siro, SiroApi, SiroPollingTrigger, SiroTrigger };
