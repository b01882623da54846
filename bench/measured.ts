/** Runs the command line and tells on its last line of standard error how much memory it took at most, in MB. */
process.on('exit', () => {
  process.stderr.write(`\nmaxRssMb ${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
});
const command: string = '../bin/bylaw.js';
await import(command);
