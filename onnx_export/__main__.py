from onnx_export.command import main

main()
