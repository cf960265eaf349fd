// The sweeps use every core themselves.
[assembly: DoNotParallelize]
