// Torch's random state and its threads belong to the whole process, and two trainings at once slow each other down.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
