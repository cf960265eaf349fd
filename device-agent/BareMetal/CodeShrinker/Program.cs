using System.Text;
using Twinbank.BareMetal.CodeShrinker;

// CodeShrinker OBJECT ASSEMBLY: ilc's object file in, the same program as GNU assembly out, with shorter code.
// What it cannot read is a defect of the build, which an exception ends.
MachineProgram program = MachineProgram.Read(ElfObject.Parse(File.ReadAllBytes(args[0])));
program.Shrink();
File.WriteAllText(args[1], AssemblyWriter.Write(program), new UTF8Encoding(false));
