/** The built classes, for people who load the package in code. n8n itself reads `package.json`. */
module.exports = require('./dist/siro.js');
