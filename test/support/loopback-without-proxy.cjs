/*
 * Whatever proxy is set for the world outside: what listens on this machine is asked directly, by this
 * process and by those that it starts.
 */
const others = process.env.no_proxy ?? process.env.NO_PROXY;
const hosts = [others, 'localhost', '127.0.0.1'].filter(Boolean).join(',');
Object.assign(process.env, { no_proxy: hosts, NO_PROXY: hosts });
