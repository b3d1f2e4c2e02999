from segmentation.training.command import main

main()
