import Console

sampleProgram.main()
