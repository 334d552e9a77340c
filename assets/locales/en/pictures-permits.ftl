## The car park: permits that others gave back

slots-strays = { $n } given back by others
