module stele

go 1.26
