/** Runs the command line and prints its peak memory in MB as the last line of standard error. */
process.on('exit', () => {
  process.stderr.write(`\nmaxRssMb ${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
});
const command: string = '../bin/bylaw.js';
await import(command);
