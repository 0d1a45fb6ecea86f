/** The flags of the commands for places, which have more to say of themselves and are run less often. */
export { doctorCommand } from './doctor/index.ts';
export { providerCommand } from './provider/index.ts';
export { serveCommand } from './serve/index.ts';
